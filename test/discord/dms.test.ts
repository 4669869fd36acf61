import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDirectMessage } from '../../src/discord/dms.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import { type Running, running } from './running.ts';

const twoDollarsADay: Limit = {
  scope: 'member',
  period: 'day',
  maxMicroUsd: 2_000_000,
  maxVideos: null,
};

/** Discord's mention of the bot. */
function mention(at: Running): string {
  const author = at.ann.dm.messages.find((message) => message.author.bot)?.author.id;
  return `<@${author}>`;
}

describe('several texts in a row', () => {
  it('are each answered, where Discord makes the bot wait in between', async () => {
    await using at = await running();
    for (let n = 0; n < 6; n++) at.ann.dm.says(`a fox ${n}`);
    const said = [];
    for (let n = 0; n < 6; n++) said.push((await at.ann.dm.nextMessage()).content.split('\n')[0]);
    assert.equal(new Set(said).size, 6);
    assert.deepEqual(at.sandbox.violations, []);
  });
});

describe('a text in a direct message', () => {
  it('is answered with its price and a button, and pays nothing', async () => {
    await using at = await running({ limits: [twoDollarsADay] });
    const said = at.ann.dm.says('a fox in the *snow*');
    const answer = await at.ann.dm.nextMessage();
    assert.equal(
      answer.content,
      [
        '> a fox in the \\*snow\\*',
        'Omni 1.2 · 8 s · 16:9 · 720p',
        'This makes a video for $0.56; nothing is charged before you press the button. You have $2.00 left today.',
      ].join('\n'),
    );
    assert.deepEqual(
      answer.buttons.map(({ label }) => label),
      ['Make it $0.56', 'Options'],
    );
    assert.equal(answer.repliesTo, said);
    assert.deepEqual(answer.pings, []);
    assert.deepEqual(await at.jobs(), []);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('becomes a job by its button, in that very message, once', async () => {
    await using at = await running();
    at.ann.dm.says('a fox in the snow');
    const answer = await at.ann.dm.nextMessage();
    const presses = await Promise.all([
      at.ann.presses(answer, 'Make it'),
      at.ann.presses(answer, 'Make it'),
    ]);
    for (const press of presses) assert.equal((await press.acknowledged).type, 6);
    const job = await at.changed(({ state }) => state === 'queued');
    assert.equal((await at.jobs()).length, 1);
    assert.equal(job.reply.messageId, answer.id);
    assert.equal(job.reply.place, 'dm');
    assert.equal(job.request.prompt, 'a fox in the snow');
    await at.show(job);
    await answer.becomes(({ content }) => /nothing charged yet/.test(content));
    assert.deepEqual(
      answer.buttons.map(({ label }) => label),
      ['Cancel'],
    );
  });

  it('without words is answered with what to write', async () => {
    await using at = await running();
    at.ann.dm.says('\u200b');
    assert.match((await at.ann.dm.nextMessage()).content, /^Write what the video should show/);
    at.ann.dm.says(`${mention(at)} `);
    assert.match((await at.ann.dm.nextMessage()).content, /^Write what the video should show/);
    at.ann.dm.says(`${mention(at)} a fox`);
    assert.match((await at.ann.dm.nextMessage()).content, /^> a fox\n/);
  });

  it('too long for the model is refused in words', async () => {
    await using at = await running();
    at.ann.dm.says('x'.repeat(2_001));
    const { content, buttons } = await at.ann.dm.nextMessage();
    assert.equal(
      content,
      'This prompt has 2,001 characters, at most 2,000 go. Nothing charged. Shorten it and send it again.',
    );
    assert.deepEqual(
      buttons.map(({ label }) => label),
      ['Change'],
    );
  });

  it('whose event comes twice is answered once', async () => {
    await using at = await running();
    at.sandbox.gateway.sendTwice('MESSAGE_CREATE');
    at.ann.dm.says('a fox');
    await at.ann.dm.nextMessage();
    at.ann.dm.says('a hen');
    await at.ann.dm.nextMessage(({ content }) => content.startsWith('> a hen'));
    assert.equal(at.ann.dm.messages.filter(({ author }) => author.bot).length, 2);
  });
});

describe('a message event', () => {
  const raw = {
    id: '1',
    channel_id: '2',
    channel_type: 1,
    author: { id: '3' },
    content: 'a fox',
    type: 0,
  };

  it('of a person is read, with or without files', () => {
    const read = {
      ...{ id: '1', channelId: '2', authorId: '3', text: 'a fox', hasFiles: false },
      ...{ pictures: [], repliesTo: null },
    };
    assert.deepEqual(readDirectMessage(raw), read);
    assert.deepEqual(readDirectMessage({ ...raw, attachments: [{}] }), { ...read, hasFiles: true });
  });

  it('of the bot itself, another bot, a server, Discord or a webhook is nothing', () => {
    for (const other of [
      { author: { id: '3', bot: true } },
      { author: { id: '3', system: true } },
      { guild_id: '5' },
      { webhook_id: '6' },
      { type: 6 },
      { flags: 64 },
      { id: 7 },
      { author: undefined },
    ]) {
      assert.equal(readDirectMessage({ ...raw, ...other }), null, JSON.stringify(other));
    }
    assert.equal(readDirectMessage(null), null);
  });
});
