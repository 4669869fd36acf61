import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleJob, sampleRequest } from '../jobs/samples.ts';
import { dead, hasOnlyItsVideo, isWellFormed, onRung, setStage, stageWithJob } from './stage.ts';

// ── A message of its own ────────────────────────────────────────────────────────────────────

test('where the reply cannot be edited, a new message pings its requester and nobody else', async (t) => {
  const stage = await stageWithJob(t);
  const { replies, channel, ann, never } = stage;
  const prompt = '@everyone <@&5> <@1> a cat';
  const request = sampleRequest({ prompt });
  const job = onRung({ ...stage.job, request }, 'new message', { reply: dead(stage.job) });
  const outcome = await replies.deliver(job, never);
  const newer = channel.messages.at(-1);
  assert.deepEqual(outcome, { kind: 'posted', channelId: channel.id, messageId: newer?.id });
  assert.deepEqual(newer?.pings, [ann.id]);
  assert.equal(newer?.attachments.length, 1);
  assert.deepEqual(
    newer?.buttons.map(({ label }) => label),
    ['Run again $0.80', 'Change', 'Delete'],
  );
  isWellFormed(stage);
});

test('an edit that had arrived after all is found before a new message is posted', async (t) => {
  const { replies, message, job, channel, never, videosIn } = await stageWithJob(t);
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
  for (const rung of ['new message', 'direct message'] as const) {
    const outcome = await replies.deliver(onRung(job, rung, { reply: dead(job) }), never);
    assert.deepEqual(outcome, { kind: 'posted', channelId: channel.id, messageId: message.id });
  }
  assert.equal(videosIn().length, 1);
});

test('a new message that was lost and deleted since is not posted again', async (t) => {
  const { replies, discord, job, channel, ann, never, videosIn } = await stageWithJob(t);
  const anew = onRung(job, 'new message', { reply: dead(job) });
  discord.fault({ on: 'post-message', when: 'after', times: 1, answer: { status: 504 } });
  assert.equal((await replies.deliver(anew, never)).kind, 'unsure');
  const [posted] = channel.messages.filter((message) => message.attachments.length > 0);
  if (posted !== undefined) ann.deletes(posted);
  assert.deepEqual(await replies.deliver({ ...anew, attempts: 1 }, never), { kind: 'removed' });
  assert.equal(videosIn().length, 0);
});

test('missing rights and a locked thread end the rungs of the bot', async (t) => {
  const { replies, server, finished, never } = await setStage(t);
  const quiet = server.createChannel({
    ...{ name: 'quiet', botMay: { viewChannel: false, sendMessages: false } },
  });
  const { job } = await finished(quiet);
  const reply = dead(job);
  for (const rung of ['reply by bot', 'new message'] as const) {
    const outcome = await replies.deliver(onRung(job, rung, { reply }), never);
    assert.deepEqual(outcome, { kind: 'rung over', how: '50001' });
  }
  const thread = server.createChannel({ name: 'old', kind: 'thread' });
  const old = await finished(thread);
  thread.archived = true;
  thread.locked = true;
  for (const rung of ['reply by token', 'reply by bot', 'new message'] as const) {
    const outcome = await replies.deliver(onRung(old.job, rung), never);
    assert.deepEqual(outcome, { kind: 'rung over', how: '50083' });
  }
});

test('an edit that may have arrived where the bot may not look is not followed by another video', async (t) => {
  const { replies, server, discord, finished, never, videosIn, ann } = await setStage(t);
  const quiet = server.createChannel({
    ...{ name: 'quiet', botMay: { viewChannel: false, sendMessages: false } },
  });
  const { job } = await finished(quiet);
  discord.fault({ on: 'edit-reply', when: 'after', times: 1, answer: 'reset' });
  assert.equal((await replies.deliver(job, never)).kind, 'unsure');
  discord.expireTokens();
  for (const reply of [job.reply, dead(job)]) {
    const over = await replies.deliver({ ...job, attempts: 1, reply }, never);
    assert.ok(over.kind === 'rung over' && over.tokenDead && over.mayBeThere);
  }
  const surely = await replies.deliver(job, never);
  assert.ok(surely.kind === 'rung over' && surely.mayBeThere === undefined);
  quiet.delete();
  const gone = await replies.deliver({ ...job, attempts: 1 }, never);
  assert.ok(gone.kind === 'rung over' && gone.mayBeThere === undefined);
  assert.equal(videosIn(quiet, ann.dm).length, 1);
});

// ── Direct messages, and replies that only their token reaches ──────────────────────────────

test('a reply used elsewhere is reached by its token, or by a direct message, and not otherwise', async (t) => {
  const stage = await setStage(t, { botIsMember: false });
  const { replies, channel, ann, discord, never, finished } = stage;
  const { job, message } = await finished(channel, { userInstall: true });
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
  hasOnlyItsVideo(message, job);

  const other = (await finished(channel, { userInstall: true })).job;
  discord.expireTokens();
  assert.equal((await replies.deliver(other, never)).kind, 'rung over');
  const before = discord.journal.length;
  for (const rung of ['reply by bot', 'new message'] as const) {
    const outcome = await replies.deliver(onRung(other, rung), never);
    assert.equal(outcome.kind, 'rung over');
  }
  assert.equal(discord.journal.length, before);
  const sent = await replies.deliver(onRung(other, 'direct message'), never);
  const direct = ann.dm.messages.at(-1);
  assert.deepEqual(sent, { kind: 'posted', channelId: ann.dm.id, messageId: direct?.id });
  assert.equal(direct?.attachments.length, 1);
  isWellFormed(stage);
});

test('a private reply whose message is gone goes on to a direct message', async (t) => {
  const { replies, job, message, ann, never } = await stageWithJob(t);
  ann.deletes(message);
  const hidden = { ...job, reply: { ...job.reply, ephemeral: true } };
  assert.deepEqual(await replies.deliver(hidden, never), { kind: 'rung over', how: '10008' });
});

test('a direct message that was lost is found in the conversation', async (t) => {
  const stage = await stageWithJob(t, { nonceRememberedMs: 0 });
  const { replies, job, ann, discord, never } = stage;
  const direct = onRung(job, 'direct message', { reply: dead(job) });
  discord.fault({ on: 'post-message', when: 'after', times: 1, answer: 'reset' });
  assert.equal((await replies.deliver(direct, never)).kind, 'unsure');
  assert.equal((await replies.deliver({ ...direct, attempts: 1 }, never)).kind, 'posted');
  assert.equal(ann.dm.messages.length, 1);
});

test('a stale conversation is opened once more, and a closed one ends the ladder', async (t) => {
  const { replies, job, ann, discord, never, asked } = await stageWithJob(t);
  const direct = onRung(job, 'direct message', { reply: dead(job) });
  const stale = { status: 403, body: { message: 'Missing Access', code: 50001 } };
  const fault = discord.fault({ on: 'post-message', when: 'before', answer: stale });
  assert.deepEqual(await replies.deliver(direct, never), { kind: 'rung over', how: '50001' });
  assert.equal(asked('POST', /users\/@me\/channels/).length, 2);
  fault.clear();
  discord.fault({ on: 'post-message', when: 'before', times: 1, answer: stale });
  assert.equal((await replies.deliver(direct, never)).kind, 'posted');
  ann.dm.closed = true;
  const next = { ...direct, id: '0000zzzz' };
  assert.deepEqual(await replies.deliver(next, never), { kind: 'rung over', how: '50007' });
  ann.dm.outOfReach = true;
  assert.deepEqual(await replies.deliver(next, never), { kind: 'rung over', how: '50278' });
});

// ── Sizes ───────────────────────────────────────────────────────────────────────────────────

/** Guessed from what was announced, with a little to spare. */
const tooLarge = { kind: 'too large', maxBytes: 100_000 - 64 * 1024 };

for (const form of ['json', 'html'] as const) {
  test(`a file refused as too large (${form}) is not uploaded to that server again`, async (t) => {
    const stage = await stageWithJob(t, { uploadLimitBytes: 100_000 });
    const { replies, job, server, discord, never, finished, keepVideo, asked } = stage;
    discord.tooLargeAnswer = form;
    assert.deepEqual(await replies.deliver(job, never), tooLarge);
    const uploads = asked('PATCH', /@original/).length;
    const second = (await finished(server.createChannel({ name: 'other' }))).job;
    assert.deepEqual(await replies.deliver(second, never), tooLarge);
    const byBot = onRung(second, 'reply by bot');
    // Without an interaction nothing is announced.
    const unknown = { kind: 'too large', maxBytes: null };
    assert.deepEqual(await replies.deliver(byBot, never), unknown);
    assert.equal(asked('PATCH', /@original/).length, uploads, 'not sent again');
    const small = { ...second, video: await keepVideo(50_000) };
    assert.equal((await replies.deliver(small, never)).kind, 'posted');
  });
}

test('what was learned about sizes is doubted when more is announced, and after a week', async (t) => {
  const stage = await stageWithJob(t, { uploadLimitBytes: 100_000 });
  const { replies, job, discord, never, wait } = stage;
  assert.deepEqual(await replies.deliver(job, never), tooLarge);
  discord.uploadLimitBytes = 10_000_000;
  assert.deepEqual(await replies.deliver(job, never), tooLarge, 'believed');
  const announced = { ...job, reply: { ...job.reply, announcedLimitBytes: 10_000_000 } };
  assert.equal((await replies.deliver(announced, never)).kind, 'posted');
  wait(8 * 24 * 3_600_000);
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
});

// ── Many at once ────────────────────────────────────────────────────────────────────────────

test('a few uploads run at a time, and an edit passes them by', async (t) => {
  const stage = await setStage(t, { uploads: { atOnce: 2 } });
  const { replies, discord, never, finished, asked } = stage;
  const jobs = [];
  for (let i = 0; i < 5; i += 1) jobs.push((await finished()).job);
  discord.fault({
    ...{ on: 'edit-reply', when: 'after', answer: { delayMs: 100 } },
    where: ({ files }) => files.length > 0,
  });
  let done = 0;
  const all = jobs.map(async (job) => {
    assert.equal((await replies.deliver(job, never)).kind, 'posted');
    done += 1;
    const open = asked('PATCH', /@original/).filter(
      ({ status, files }) => status === undefined && files.length > 0,
    );
    assert.ok(open.length <= 2);
  });
  const { reply } = (await finished()).job;
  assert.equal((await replies.show(sampleJob('queued', { reply }), never)).kind, 'shown');
  assert.ok(done < 5, 'the edit did not wait for the uploads');
  await Promise.all(all);
});

// ── Edits that Discord counts ───────────────────────────────────────────────────────────────

test('an old message that takes no more edits is left as it is, and the video comes in a new one', async (t) => {
  const stage = await stageWithJob(t);
  const { replies, channel, message, job, discord, never, videosIn } = stage;
  const body = { message: 'Maximum number of edits', retry_after: 3_600, code: 30046 };
  for (const on of ['edit-reply', 'edit-message'] as const) {
    discord.fault({ on, when: 'before', answer: { status: 429, body } });
  }
  for (const rung of ['reply by token', 'reply by bot'] as const) {
    const outcome = await replies.deliver(onRung(job, rung), never);
    assert.deepEqual(outcome, { kind: 'rung over', how: 'HTTP 429, 30046' });
  }
  const outcome = await replies.deliver(onRung(job, 'new message'), never);
  const newer = channel.messages.at(-1);
  assert.notEqual(newer?.id, message.id);
  assert.deepEqual(outcome, { kind: 'posted', channelId: channel.id, messageId: newer?.id });
  assert.equal(videosIn().length, 1);
  isWellFormed(stage);
});

test('an ordinary rate limit on the delivering edit is waited out on its rung', async (t) => {
  const { replies, job, discord, never } = await stageWithJob(t);
  const body = { message: 'slow', retry_after: 1.5, global: false };
  discord.fault({ on: 'edit-reply', when: 'before', times: 1, answer: { status: 429, body } });
  assert.deepEqual(await replies.deliver(job, never), { kind: 'later', retryAfterMs: 1_500 });
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
});

test('what stands behind a spoiler does so on every rung, and in no message of the others', async (t) => {
  const { replies, channel, ann, message, never, ...stage } = await stageWithJob(t);
  const reply = { ...stage.job.reply, spoiler: true as const };
  const hidden = `SPOILER_${stage.job.video.name}`;
  const job = { ...stage.job, reply };
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
  assert.deepEqual(
    message.attachments.map(({ filename }) => filename),
    [hidden],
  );
  const other = await stage.finished();
  for (const rung of ['new message', 'direct message'] as const) {
    const anew = onRung(other.job, rung, { reply: { ...dead(other.job), spoiler: true } });
    ann.deletes(other.message);
    await replies.deliver(anew, never);
  }
  const posted = [...channel.messages, ...ann.dm.messages].flatMap(
    ({ attachments }) => attachments,
  );
  assert.ok(posted.length >= 2);
  for (const { filename } of posted) assert.match(filename, /^SPOILER_/);
});
