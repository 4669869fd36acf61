/** Every kind of button, pressed by everybody who may see it: whose video it makes, and what it answers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { notYoursToTakeDown } from '../../src/discord/text/adminReports.ts';
import { type Pressed, parseCustomId } from '../../src/discord/text/customIds.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { type Pressing, pressing, wordsFor } from './pressing.ts';

const { answer, refusal } = en;
const everybody = ['owner', 'other', 'admin', 'blocked', 'outsider'] as const;
type Who = (typeof everybody)[number];
/** A new video of whoever pressed; a form; what the button is for, done; or words for them alone. */
type Does = 'new video' | 'form' | 'done' | string | RegExp;

/** Costs money: on the account of whoever presses. */
const forAnybody: Record<Who, Does> = {
  ...{ owner: 'new video', other: 'new video', admin: 'new video', outsider: 'new video' },
  blocked: refusal.blocked.member,
};
const ofOwner = (words: string): Record<Who, Does> => ({
  ...{ owner: 'done', admin: 'done', other: words, blocked: words, outsider: words },
});
/** An offer is for one person. */
const ofAsker = (does: Does): Record<Who, Does> => ({
  ...same(answer.notYoursToStart),
  owner: does,
});
const same = (does: Does): Record<Who, Does> => ({
  ...{ owner: does, other: does, admin: does, blocked: does, outsider: does },
});

const table: Record<Pressed['kind'], Record<Who, Does>> = {
  cancel: ofOwner(answer.notYoursToCancel),
  show: ofOwner(answer.notYoursToShow),
  smaller: ofOwner(answer.notYoursToShrink),
  delete: ofOwner(answer.notYoursToDelete),
  deletenow: ofOwner(answer.notYoursToDelete),
  video: ofOwner(answer.notYoursToShow),
  takedown: { ...same(notYoursToTakeDown()), admin: 'done' },
  again: forAnybody,
  extend: forAnybody,
  upscale: forAnybody,
  full: forAnybody,
  start: ofAsker('new video'),
  form: ofAsker('form'),
  change: same('form'),
  // What everybody sees everybody may have by a link; this bot gives out none.
  link: same(answer.noLinks),
  // Each sees their own list, and is asked about their own data.
  page: same(/^You have no videos yet|\*\*1\*\* ·/),
  forget: same(/^\*\*Delete your data here\?\*\*/),
  jobs: { ...same(/admins of this bot only/), admin: /^🎞️ The newest videos/ },
};

let stage: Pressing;
before(async () => {
  stage = await pressing();
});
after(() => stage.stop());

/** A list turns its pages where it stands. */
async function turned(message: Message): Promise<string> {
  await message.becomes(({ content }) => /\*\*1\*\*|^🎞️|^You have no/.test(content));
  return message.content;
}

async function pressed(kind: Pressed['kind'], who: Who): Promise<void> {
  const { at, people, elsewhere, countOf } = stage;
  const expected = table[kind][who];
  const { id, job } = await stage.buttonFor(kind);
  assert.notEqual(parseCustomId(id), null, id);
  const by = people[who];
  const message = await (who === 'outsider'
    ? stage.showing(elsewhere, by, id)
    : stage.showing(at.channel, people.other, id));
  const counts = () => Promise.all(everybody.map((one) => countOf(people[one])));
  const before = await counts();
  const press = await by.presses(message, 'It');
  const { type } = await press.acknowledged;
  if (expected === 'new video') {
    const isIt = (reply: { interactionId: string }) => reply.interactionId === press.id;
    const own = await at.changed(({ reply, state }) => isIt(reply) && state === 'queued');
    assert.equal(own.requester.userId, by.id, 'whose it is');
    if (job !== null) assert.deepEqual(await at.store.find(job.id), job, 'the first one');
  } else if (expected === 'form') assert.equal(type, 9);
  else if (expected === 'done') await isDone(kind, { press, message, id: job?.id ?? '' });
  else {
    const turns = type === 6 && (kind === 'page' || kind === 'jobs');
    const words = await (turns ? turned(message) : wordsFor(press));
    if (typeof expected === 'string') assert.equal(words, expected);
    else assert.match(words, expected);
    if (job !== null) assert.deepEqual(await at.store.find(job.id), job, 'it is left alone');
  }
  const after = await counts();
  const news = everybody.filter((_, i) => after[i] !== before[i]);
  assert.deepEqual(news, expected === 'new video' ? [who] : []);
  assert.deepEqual(at.sandbox.violations, []);
}

async function isDone(
  kind: Pressed['kind'],
  seen: {
    readonly press: Parameters<typeof wordsFor>[0];
    readonly message: Message;
    readonly id: string;
  },
): Promise<void> {
  switch (kind) {
    case 'delete':
      return assert.match(await wordsFor(seen.press), /^Delete this video/);
    case 'deletenow':
      await seen.message.becomes(({ content }) => content.startsWith('🗑️'));
      return;
    case 'takedown':
      return assert.match(await wordsFor(seen.press), /^🗑️ Video|is gone already/);
    case 'video':
      return assert.equal((await seen.press.acknowledged).type, 5);
    default:
      await stage.at.changed(({ id }) => id === seen.id);
  }
}

describe('a button', () => {
  for (const kind of Object.keys(table) as Pressed['kind'][]) {
    it(`${kind}: does what it does for whom it is, and answers everybody else in words`, async () => {
      for (const who of everybody) {
        await pressed(kind, who).catch((error: unknown) => {
          throw new Error(`pressed by ${who}`, { cause: error });
        });
      }
    });
  }
});
