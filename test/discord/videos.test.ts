import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { serverScope } from '../../src/jobs/admins/settings.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import { stateOf } from '../../src/jobs/states.ts';
import {
  applied,
  bringTo,
  sampleChange,
  sampleReply,
  sampleRequest,
  sampleVideo,
} from '../jobs/samples.ts';
import type { Member, Message } from '../sandbox/discord/discord.ts';
import { type Running, running } from './running.ts';

const twoDollarsADay: Limit = {
  scope: 'member',
  period: 'day',
  maxMicroUsd: 2_000_000,
  maxVideos: null,
};

interface Kept {
  readonly by?: Member;
  readonly private?: boolean;
  readonly prompt?: string;
  readonly ago?: number;
  readonly reason?: JobIn<'undelivered'>['reason'];
}

/** A finished job with its file on disk. */
async function kept<S extends 'delivered' | 'undelivered'>(
  at: Running,
  state: S,
  how: Kept = {},
): Promise<JobIn<S>> {
  const { by = at.ann, prompt = 'a cat', ago = 0, reason = 'unreachable' } = how;
  const requester = { userId: by.id, locale: 'en-US' };
  const askedAt = Date.now() - ago;
  const request = sampleRequest({ prompt, ...(how.private === true && { private: true }) });
  const over = { requester, askedAt, request, reply: sampleReply() };
  const id = `${prompt.replace(/\W/g, '')}0000000000`.slice(0, 8);
  const video = { ...sampleVideo, name: `${id}.mp4`, sizeBytes: 9 };
  await writeFile(join(at.folder, video.name), 'its bytes');
  const own = state === 'undelivered' ? { video, reason } : { video };
  return bringTo(at.store, state, { ...over, id }, own as Parameters<typeof bringTo<S>>[3]);
}

/** What makes a video one for its member's eyes alone. */
const hidden: Readonly<Record<string, (at: Running, job: Job) => Promise<void>>> = {
  'of a video that was asked for privately': async () => {},
  'of a video that an admin took down': (at, { id }) => at.actions.takenDown(id, at.server.id),
  'of a video in a server whose videos are private': (at) =>
    at.settings.set(
      ...([serverScope(at.server.id), 'showing'] as const),
      ...([{ private: true, ageRestrictedOnly: false, spoilers: false }, '1', 0] as const),
    ),
};

async function list(at: Running, by: Member = at.ann): Promise<Message> {
  return (await by.types('/videos', {}, { in: at.channel })).reply();
}

function labels({ buttons }: Message): string[] {
  return buttons.map(({ label }) => label);
}

async function jobOf(at: Running, { id }: Pick<Job, 'id'>): Promise<Job> {
  const job = await at.store.find(id);
  assert.ok(job);
  return job;
}

describe('/veo-help', () => {
  it('is one private message, in a server and in a direct message', async () => {
    await using at = await running();
    for (const where of [at.channel, at.ann.dm]) {
      const reply = await (await at.ann.types('/veo-help', {}, { in: where })).reply();
      assert.ok(reply.ephemeral);
      assert.match(reply.content, /Veo 3\.1 · ≈ \$3\.20 for 8 s/);
      assert.match(reply.content, /may have been charged/);
      assert.match(reply.content, /\*\*Privacy\*\*/);
    }
    assert.deepEqual(at.sandbox.violations, []);
  });
});

describe('/videos', () => {
  it('lists what waits first, then the newest, with what is left, privately', async () => {
    await using at = await running({ limits: [twoDollarsADay] });
    await kept(at, 'delivered', { prompt: 'newest', ago: 1_000 });
    await kept(at, 'undelivered', { prompt: 'stranded', ago: 3_000 });
    await kept(at, 'delivered', { prompt: 'someones', by: at.bob });
    const message = await list(at);
    assert.ok(message.ephemeral);
    assert.match(
      message.content,
      /^\*\*Waiting for you: 1\*\*\n\*\*1\*\* · <t:\d+:R> · stranded · could not be posted, \$0\.80 charged\n\*\*2\*\* · <t:\d+:R> · newest · \$0\.80 charged\nLeft today: \$0\.40 of \$2\.00$/,
    );
    assert.deepEqual(labels(message), ['Show 1', 'Show 2', 'Delete my data']);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('says what to do where there is nothing', async () => {
    await using at = await running();
    const message = await list(at);
    assert.match(message.content, /^You have no videos yet\. Use \/veo/);
    assert.deepEqual(labels(message), ['Delete my data']);
  });

  it('turns its pages in place', async () => {
    await using at = await running();
    for (let i = 1; i <= 12; i += 1)
      await kept(at, 'delivered', { prompt: `p${i}x`, ago: i * 1_000 });
    const message = await list(at);
    const bottom = 'Delete my data';
    assert.deepEqual(labels(message).slice(4), ['Show 5', 'Older', bottom]);
    await at.ann.presses(message, 'Older');
    await message.becomes(({ content }) => content.includes('p6x'));
    assert.deepEqual(labels(message).slice(4), ['Show 10', 'Newer', 'Older', bottom]);
    await at.ann.presses(message, 'Older');
    await message.becomes(({ content }) => content.includes('p12x'));
    assert.deepEqual(labels(message), ['Show 11', 'Show 12', 'Newer', bottom]);
    await at.ann.presses(message, 'Newer');
    await message.becomes(({ content }) => content.includes('p6x'));
    assert.deepEqual(at.sandbox.violations, []);
  });
});

describe('Show N', () => {
  it('posts a copy of a delivered video for everybody, and changes nothing in its row', async () => {
    await using at = await running();
    const job = await kept(at, 'delivered');
    const press = await at.ann.presses(await list(at), 'Show 1');
    const copy = await press.reply();
    await copy.becomes(({ attachments }) => attachments.length > 0);
    assert.ok(!copy.ephemeral);
    const [video] = copy.attachments;
    assert.equal(video?.description, 'Video: a cat');
    assert.equal(Buffer.from(video?.bytes ?? []).toString(), 'its bytes');
    assert.match(copy.content, /^> a cat\n.*\$0\.80 charged/);
    assert.deepEqual(labels(copy), ['Run again $0.80', 'Change', 'Delete']);
    assert.deepEqual(await at.store.find(job.id), job);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('pressed twice at once posts one copy and answers both presses', async () => {
    await using at = await running();
    await kept(at, 'delivered');
    const message = await list(at);
    const presses = await Promise.all([
      at.ann.presses(message, 'Show 1'),
      at.ann.presses(message, 'Show 1'),
    ]);
    const types = await Promise.all(presses.map(async (press) => (await press.acknowledged).type));
    assert.deepEqual(types.toSorted(), [5, 6]);
    const copy = await at.channel.nextMessage();
    await copy.becomes(({ attachments }) => attachments.length > 0);
    assert.equal(at.channel.messages.length, 1);
  });

  it('of a copy that is too large says so in its message', async () => {
    await using at = await running();
    await kept(at, 'delivered');
    at.channel.uploadLimitBytes = 5;
    const copy = await (await at.ann.presses(await list(at), 'Show 1')).reply();
    await copy.becomes(({ content }) => /does not accept a file that large here/.test(content));
    assert.deepEqual(copy.attachments, []);
  });

  it('of a copy whose answer was lost ends with one video in one message', async () => {
    await using at = await running();
    await kept(at, 'delivered');
    at.sandbox.fault({ on: 'edit-reply', times: 1, when: 'after', answer: 'reset' });
    const copy = await (await at.ann.presses(await list(at), 'Show 1')).reply();
    await copy.becomes(({ edits }) => edits.length === 2);
    assert.equal(copy.attachments.length, 1);
    assert.equal(at.channel.messages.length, 1);
  });

  it('hands a video that was not delivered to the ladder, with the new message', async () => {
    await using at = await running();
    const job = await kept(at, 'undelivered', { reason: 'removed by requester' });
    const press = await at.ann.presses(await list(at), 'Show 1');
    const message = await press.reply();
    const taken = await at.changed(
      ({ state, reply }) => state === 'delivering' && reply.messageId === message.id,
    );
    assert.ok(taken.state === 'delivering' && taken.dueAt <= Date.now());
    assert.equal(taken.id, job.id);
    assert.equal(taken.reply.token, press.token);
    assert.ok(!message.ephemeral);
    const second = await (await at.bob.types('/videos', {}, { in: at.channel })).reply();
    assert.deepEqual(labels(second), ['Delete my data']);
  });

  it('goes on by its token where the answer to its acknowledgement was lost', async () => {
    await using at = await running();
    await kept(at, 'undelivered');
    const message = await list(at);
    at.sandbox.fault({ on: 'acknowledge', times: 1, when: 'after', answer: 'reset' });
    const press = await at.ann.presses(message, 'Show 1');
    const taken = await at.changed(
      ({ state, reply }) => state === 'delivering' && reply.token === press.token,
    );
    assert.ok(taken.state === 'delivering' && taken.dueAt <= Date.now());
    assert.equal(taken.rung, 'reply by token');
  });

  for (const [why, hide] of Object.entries(hidden)) {
    it(`${why} stays hidden where the answer to its acknowledgement was lost`, async () => {
      await using at = await running();
      await hide(at, await kept(at, 'undelivered', { private: why.includes('privately') }));
      const message = await list(at);
      at.sandbox.fault({ on: 'acknowledge', times: 1, when: 'after', answer: 'reset' });
      const press = await at.ann.presses(message, 'Show 1');
      const taken = await at.changed(
        ({ state, reply }) => state === 'delivering' && reply.token === press.token,
      );
      assert.ok((await press.reply()).ephemeral);
      assert.ok(taken.reply.ephemeral);
    });
  }

  it('leaves it undelivered as it was where Discord does not take the press', async () => {
    await using at = await running();
    const job = await kept(at, 'undelivered');
    const message = await list(at);
    at.sandbox.fault({
      on: 'acknowledge',
      times: 1,
      when: 'before',
      answer: { status: 404, body: { message: 'Unknown interaction', code: 10062 } },
    });
    await at.ann.presses(message, 'Show 1');
    const back = await at.changed(({ state }) => state === 'undelivered');
    assert.ok(back.state === 'undelivered');
    assert.deepEqual([back.reason, back.reply], [job.reason, job.reply]);
  });

  it('is for the requester and admins only', async () => {
    const adminUserIds: string[] = [];
    await using at = await running({ adminUserIds });
    const job = await kept(at, 'delivered');
    // A public message with the same button, as somebody could forge one.
    const open = await (
      await at.ann.types('/veo', { prompt: 'a hen' }, { in: at.channel })
    ).reply();
    await open.becomes(({ thinking }) => thinking);
    const button = { type: 2, style: 2, label: 'Show', custom_id: `video:${job.id}` };
    open.components = [{ type: 1, components: [button] }];
    const refused = await (await at.bob.presses(open, 'Show')).reply();
    assert.match(refused.content, /^Only the member who asked for this video/);
    assert.ok(refused.ephemeral);
    adminUserIds.push(at.bob.id);
    const twin = at.sandbox.createMember({ name: 'cy', in: at.server });
    adminUserIds.push(twin.id);
    const copy = await (await twin.presses(open, 'Show')).reply();
    await copy.becomes(({ attachments }) => attachments.length > 0);
  });

  it('of a video whose file is gone answers in words', async () => {
    await using at = await running();
    const job = await kept(at, 'undelivered');
    const message = await list(at);
    await rm(join(at.folder, job.video.name));
    const words = await (await at.ann.presses(message, 'Show 1')).reply();
    assert.match(words.content, /^This video is not kept here any more.*Nothing charged/);
    assert.ok(words.ephemeral);
    assert.equal((await jobOf(at, job)).state, 'undelivered');
    assert.deepEqual(labels(await list(at)), ['Delete my data']);
  });

  it('of a video whose time is over answers in words too, also under its own message', async () => {
    await using at = await running();
    const job = await kept(at, 'undelivered');
    const message = await list(at);
    const to = { ...stateOf(job), keptUntilAt: null };
    await applied(at.store, job, { at: Date.now(), attempts: 0, to, note: { event: 'gone' } });
    const words = await (await at.ann.presses(message, 'Show 1')).reply();
    assert.match(words.content, /^This video is not kept here any more/);
    const again = await list(at);
    assert.doesNotMatch(again.content, /Waiting for you/);
    assert.match(again.content, / · a cat · no longer kept, \$0\.80 charged/);
    assert.deepEqual(labels(again), ['Delete my data']);
    assert.equal(await at.actions.deliverOnContact(at.ann.id), 0);
    const shown = await at.actions.showResult(
      job.id,
      { userId: at.ann.id, isAdmin: false },
      job.reply,
    );
    assert.equal(shown.kind, 'file gone');
  });
});

describe('Delete my data', () => {
  it('is asked once more, then deletes what is the member’s and says how much', async () => {
    await using at = await running();
    const mine = await kept(at, 'delivered', { prompt: 'mine1' });
    await kept(at, 'undelivered', { prompt: 'mine2' });
    const theirs = await kept(at, 'delivered', { prompt: 'theirs', by: at.bob });
    const message = await list(at);
    const asked = await (await at.ann.presses(message, 'Delete my data')).reply();
    assert.ok(asked.ephemeral);
    assert.match(asked.content, /^\*\*Delete your data here\?\*\* This cannot be undone/);
    assert.equal((await jobOf(at, mine)).request.prompt, 'mine1', 'nothing yet');
    await at.ann.presses(asked, 'Delete it all');
    await asked.becomes(({ content }) => content.startsWith('🗑️'));
    assert.equal(
      asked.content,
      '🗑️ Deleted: 2 kept videos, and the words and pictures of 2 requests.',
    );
    assert.deepEqual(labels(asked), []);
    assert.equal((await jobOf(at, mine)).request.prompt, '');
    const after = await list(at);
    assert.match(after.content, / · prompt deleted · \$0\.80 charged, no longer kept/);
    assert.match(after.content, / · prompt deleted · no longer kept, \$0\.80 charged/);
    assert.deepEqual(labels(after), ['Delete my data']);
    assert.deepEqual(await at.store.find(theirs.id), theirs);
    assert.deepEqual(labels(await list(at, at.bob)), ['Show 1', 'Delete my data']);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('says of one that took too long that it is looked for, and kept, longer', async () => {
    await using at = await running();
    const dueAt = Date.now() + 46 * 3_600_000;
    const request = sampleRequest({ prompt: 'late' });
    const requester = { userId: at.ann.id, locale: 'en-US' };
    const own = { reason: 'overdue', dueAt } as const;
    const late = await bringTo(at.store, 'failed', { request, requester }, own);
    const sure = await (await at.ann.presses(await list(at), 'Delete my data')).reply();
    assert.match(sure.content, /within an hour of its end; what takes too long, about two days/);
    await at.ann.presses(sure, 'Delete it all');
    await sure.becomes(({ content }) => content.startsWith('🗑️'));
    assert.match(sure.content, /1 request has not ended yet.*about two days after it was started/);
    assert.equal((await jobOf(at, late)).request.prompt, 'late');
  });

  it('is offered to somebody without a video too: what they wrote to the bot is kept', async () => {
    await using at = await running();
    at.ann.dm.says('a fox in the snow');
    const offer = await at.ann.dm.nextMessage();
    const draft = offer.buttons[0]?.customId?.split(':')[1] ?? '';
    assert.ok(await at.store.findDraft(draft));
    const sure = await (await at.ann.presses(await list(at), 'Delete my data')).reply();
    await at.ann.presses(sure, sure.buttons[0]?.label ?? '');
    await sure.becomes(({ content }) => /no video, prompt or picture of yours/.test(content));
    assert.equal(await at.store.findDraft(draft), null);
    assert.equal(await at.store.findConversation(at.ann.dm.id), null);
  });
});

describe('a text in a direct message', () => {
  it('sends what no way led to before, not what was removed, too large or may be there, besides its answer', async () => {
    await using at = await running();
    const stranded = await kept(at, 'undelivered', { prompt: 'stranded' });
    const removed = await kept(at, 'undelivered', {
      prompt: 'removed',
      reason: 'removed by requester',
    });
    const large = await kept(at, 'undelivered', { prompt: 'toolarge', reason: 'too large' });
    const arrived = await kept(at, 'undelivered', { prompt: 'arrived?' });
    const trying = await applied(at.store, arrived, sampleChange('delivering'));
    const own = { video: arrived.video, reason: arrived.reason };
    const unsure = await applied(
      at.store,
      trying,
      sampleChange('undelivered', own, { attempts: 2 }),
    );
    const bobs = await kept(at, 'undelivered', { prompt: 'bobsfilm', by: at.bob });
    at.ann.dm.says('a fox');
    assert.match((await at.ann.dm.nextMessage()).content, /^> a fox\n/);
    const sent = await at.changed(({ state }) => state === 'delivering');
    assert.ok(sent.state === 'delivering');
    assert.deepEqual([sent.id, sent.rung], [stranded.id, 'direct message']);
    // It is looked for before it is posted: the answer to an earlier try may have been lost.
    assert.equal(sent.attempts, 1);
    for (const job of [removed, large, unsure, bobs]) {
      assert.deepEqual(await at.store.find(job.id), job);
    }
    at.ann.dm.says('a hen');
    await at.ann.dm.nextMessage(({ content }) => content.startsWith('> a hen'));
    const begun = (await at.store.history(stranded.id)).filter(
      ({ event }) => event === 'show again',
    );
    assert.equal(begun.length, 1);
  });
});
