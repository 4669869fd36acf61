/** Nothing that can be seen is no prompt, at any door: there is no dry run, and an empty input is billed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { customId } from '../../src/discord/text/customIds.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { type Pressing, pressing } from './pressing.ts';

const empty: Readonly<Record<string, string>> = {
  spaces: '     ',
  'every kind of space': '\u00a0\u2003\u3000\u2028',
  'zero-width characters': '\u200b\u200d\ufeff\u2060',
  'turns of direction': '\u202e\u202d\u2066\u2069',
  fillers: '\u3164\u115f\uffa0',
  'Braille without dots': '\u2800\u2800',
  'tags and selectors': '\u{e0001}\u{e0061}\ufe0f\u{e0100}',
  'a soft hyphen': '\u00ad',
};
const refused = /nothing to see in this prompt.*Nothing charged/s;

let stage: Pressing;
before(async () => {
  stage = await pressing();
});
after(() => stage.stop());

async function isRefused(answer: Message, words = refused): Promise<void> {
  const { at, people, countOf } = stage;
  assert.match(answer.content, words);
  assert.equal(await countOf(people.owner), 0);
  assert.deepEqual(at.sandbox.violations, []);
}

for (const [what, prompt] of Object.entries(empty)) {
  describe(`a prompt of ${what}`, () => {
    it('is refused as an option', async () => {
      const { at, people } = stage;
      const typed = await people.owner.types('/veo', { prompt }, { in: at.channel });
      await isRefused(await typed.reply());
    });

    it('is refused in a form', async () => {
      const { at, people } = stage;
      const opened = await people.owner.types('/veo', {}, { in: at.channel });
      await opened.form();
      await isRefused(await (await people.owner.submits(opened, { prompt })).reply());
    });

    it('is refused as a change of a video', async () => {
      const { at, people, showing } = stage;
      const other = await at.actions.keep({ prompt: 'a cat' }, people.other.id);
      const message = await showing(at.channel, people.other, customId('form', other.id));
      const opened = await people.other.presses(message, 'It');
      await opened.form();
      const before = await stage.countOf(people.other);
      const answer = await (await people.other.submits(opened, { prompt })).reply();
      await isRefused(answer);
      assert.equal(await stage.countOf(people.other), before);
    });

    it('is no wish in a direct message, with a mention of the bot or without', async () => {
      const { at } = stage;
      for (const text of [prompt, `<@${at.sandbox.applicationId}>${prompt}`]) {
        // Somebody new each time: Discord takes few messages a second in one conversation.
        const { dm } = at.sandbox.createMember({ name: 'newcomer', in: at.server });
        dm.says(text);
        const answer = await dm.nextMessage(({ author }) => author.bot);
        await isRefused(answer, /^Write what the video should show/);
        assert.deepEqual(answer.buttons, []);
      }
    });
  });
}
