import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answers } from '../../src/discord/handlers.ts';
import { createRouter } from '../../src/discord/incoming/router.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { running } from './running.ts';

describe('what the bot does not know', () => {
  it('is answered in words, privately', async () => {
    await using at = await running();
    const url = `${at.sandbox.apiUrl}/v10/applications/${at.sandbox.applicationId}/commands`;
    const posted = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bot ${at.sandbox.botToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'video', description: 'from an earlier build' }),
    });
    assert.ok(posted.ok);
    const reply = await (await at.ann.types('/video', {}, { in: at.channel })).reply();
    assert.match(reply.content, /not known here any more\. Nothing charged/);
    assert.ok(reply.ephemeral);
  });
});

describe('a handler that fails', () => {
  it('for want of room says so, and the bot goes on', async () => {
    let full = true;
    await using at = await running({
      actions: (real) => ({
        ...real,
        ask: (asked, acknowledge) => {
          if (full) throw new StorageFull('SQLITE_FULL');
          return real.ask(asked, acknowledge);
        },
      }),
    });
    const type = () => at.ann.types('/veo', { prompt: 'a cat' }, { in: at.channel });
    const reply = await (await type()).reply();
    assert.match(reply.content, /no room to keep them.*Nothing charged/);
    assert.ok(reply.ephemeral);
    const event = await at.happened(({ kind }) => kind === 'not handled');
    assert.deepEqual(event, { kind: 'not handled', what: 'command', how: 'StorageFull' });
    full = false;
    assert.ok((await (await type()).reply()).thinking);
  });

  it('after a press was taken says so behind it', async () => {
    await using at = await running({
      actions: (real) => ({
        ...real,
        cancel: () => Promise.reject(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' })),
      }),
    });
    const typed = await at.ann.types('/veo', { prompt: 'a cat' }, { in: at.channel });
    const message = await typed.reply();
    await at.show(await at.changed(({ state }) => state === 'queued'));
    await message.becomes(({ thinking }) => !thinking);
    const words = await (await at.ann.presses(message, 'Cancel')).nextFollowUp();
    assert.match(words.content, /^🛠️ Something went wrong/);
    assert.ok(words.ephemeral);
  });

  it('to a direct message says so there', async () => {
    await using at = await running({
      actions: (real) => ({ ...real, quote: () => Promise.reject(new StorageFull('SQLITE_FULL')) }),
    });
    at.ann.dm.says('a fox');
    assert.match((await at.ann.dm.nextMessage()).content, /no room to keep them/);
  });
});

describe('a mistake in the program', () => {
  it('is answered in words and then ends the process', async () => {
    const said: string[] = [];
    const router = createRouter({
      commands: { veo: () => Promise.reject(new TypeError('undefined is not a function')) },
      messageCommands: {},
      completions: {},
      placing: async (interaction) => interaction,
      press: async () => {},
      submit: async () => {},
      directMessage: async () => {},
      met: async () => {},
      answers: recording(said),
      observe: () => {},
    });
    const raw = {
      ...{ id: '1', application_id: '2', type: 2, token: 't', channel_id: '3', user: { id: '4' } },
      data: { name: 'veo', options: [] },
    };
    await assert.rejects(router.interaction(raw), TypeError);
    assert.match(said.join(), /Something went wrong in the bot/);
    await router.interaction(raw); // the same one again is known
    assert.equal(said.length, 1);
  });
});

/** Notes what is said privately. */
function recording(said: string[]): Answers {
  const taken = { kind: 'acknowledged', messageId: null, ephemeral: false } as const;
  const note = async (_to: unknown, text: string) => void said.push(text);
  return {
    takeWithNewMessage: async () => taken,
    takeOnItsMessage: async () => taken,
    privately: note,
    privatelyLater: async () => {},
    offer: async () => {},
    openForm: async () => {},
    privatelyInAnyCase: note,
    privatelyAfterwards: note,
    updateItsMessage: async () => {},
    toDirectMessage: async () => true,
  };
}
