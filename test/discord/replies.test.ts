import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JobIn, Rung } from '../../src/jobs/job.ts';
import { sampleJob, sampleRequest } from '../jobs/samples.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { type Stage, setStage } from './stage.ts';

type Delivering = JobIn<'delivering'>;

/** The job's rung may ping its requester in a new message, and nobody otherwise. */
function onRung(job: Delivering, rung: Rung, more: Partial<Delivering> = {}): Delivering {
  return { ...job, rung, ...more };
}

function dead(job: Delivering): Delivering['reply'] {
  return { ...job.reply, tokenDead: true };
}

async function stageWithJob(t: TestContext, plan: Parameters<typeof setStage>[1] = {}) {
  const stage = await setStage(t, plan);
  return { ...stage, ...(await stage.finished()) };
}

function isWellFormed(stage: Stage): void {
  assert.deepEqual(stage.discord.violations, []);
}

function hasOnlyItsVideo(message: Message, job: Delivering): void {
  assert.deepEqual(
    message.attachments.map(({ filename, sizeBytes, contentType }) => [
      filename,
      sizeBytes,
      contentType,
    ]),
    [[job.video.name, job.video.sizeBytes, 'video/mp4']],
  );
}

// ── Showing ─────────────────────────────────────────────────────────────────────────────────

test('a picture is shown by the token, and afterwards by the bot', async (t) => {
  const stage = await stageWithJob(t);
  const { replies, message, job, never } = stage;
  const queued = sampleJob('queued', { reply: { ...job.reply, messageId: null } });
  assert.deepEqual(await replies.show(queued, never), { kind: 'shown', messageId: message.id });
  assert.match(message.content, /nothing charged yet$/);
  assert.deepEqual(
    message.buttons.map(({ label }) => label),
    ['Cancel'],
  );

  stage.discord.expireTokens();
  assert.deepEqual(await replies.show(queued, never), { kind: 'token dead' });
  const later = sampleJob('generating', { reply: dead(job) });
  assert.deepEqual(await replies.show(later, never), { kind: 'shown' });
  assert.match(message.content, /Being made/);
  assert.deepEqual(message.pings, []);
  isWellFormed(stage);
});

test('nothing is asked of Discord where nothing can be shown any more', async (t) => {
  const { replies, job, never, discord } = await stageWithJob(t);
  const before = discord.journal.length;
  for (const reply of [
    { ...dead(job), place: 'elsewhere' as const },
    { ...dead(job), ephemeral: true },
    { ...dead(job), messageId: null },
  ]) {
    const outcome = await replies.show(sampleJob('generating', { reply }), never);
    assert.equal(outcome.kind, 'never');
  }
  const forgotten = sampleJob('cancelled', { reply: job.reply, why: 'never acknowledged' });
  assert.equal((await replies.show(forgotten, never)).kind, 'never');
  assert.equal(discord.journal.length, before);
});

test('showing a delivered job leaves its video where it is', async (t) => {
  const { replies, job, message, never } = await stageWithJob(t);
  assert.equal((await replies.deliver(job, never)).kind, 'posted');
  const posted = { channelId: message.channel.id, messageId: message.id, rung: job.rung };
  const { reply, video, requester, id } = job;
  await replies.show(sampleJob('delivered', { id, reply, video, requester, posted }), never);
  hasOnlyItsVideo(message, job);
});

test('a 429 is handed back with its time, a 5xx without, and a deleted message for good', async (t) => {
  const { replies, job, message, discord, ann, never } = await stageWithJob(t);
  const queued = sampleJob('queued', { reply: job.reply });
  discord.fault({
    ...{ on: 'edit-reply', when: 'before', times: 1 },
    answer: {
      status: 429,
      body: { message: 'slow', retry_after: 4.2, global: false, code: 30046 },
    },
  });
  assert.deepEqual(await replies.show(queued, never), { kind: 'later', retryAfterMs: 4_200 });
  const fault = discord.fault({ on: 'edit-reply', when: 'before', answer: { status: 503 } });
  assert.deepEqual(await replies.show(queued, never), { kind: 'later', retryAfterMs: null });
  fault.clear();
  ann.deletes(message);
  assert.deepEqual(await replies.show(queued, never), { kind: 'never', how: '10008' });
});

// ── Delivering into the reply ───────────────────────────────────────────────────────────────

test('a video comes into the reply by its token, with alt text and without a ping', async (t) => {
  const stage = await stageWithJob(t);
  const { replies, message, never } = stage;
  const request = sampleRequest({ prompt: `@everyone ${stage.ann.mention} `.repeat(200) });
  const job = { ...stage.job, request };
  const { id: messageId, channel } = message;
  assert.deepEqual(await replies.deliver(job, never), {
    ...{ kind: 'posted', channelId: channel.id, messageId },
  });
  hasOnlyItsVideo(message, job);
  assert.ok((message.attachments[0]?.description ?? '').length <= 1024);
  assert.match(message.content, /charged · made in 45 s$/);
  assert.deepEqual(message.pings, []);
  assert.deepEqual(message.mentions, []);
  const [upload] = stage.asked('PATCH', /@original/).slice(-1);
  assert.equal(upload?.auth, 'none');
  isWellFormed(stage);
});

const lost = [
  { name: 'a 502', answer: { status: 502, html: '<html>bad gateway</html>' } },
  { name: 'a reset', answer: 'reset' },
  { name: 'no answer', answer: 'hang' },
] as const;

for (const { name, answer } of lost) {
  test(`an edit that arrived and was answered by ${name} is repeated without a second video`, async (t) => {
    const uploads = { baseTimeoutMs: 300, minBytesPerSecond: 10_000_000 };
    const { replies, message, job, discord, never, videosIn, asked } = await stageWithJob(t, {
      uploads,
    });
    discord.fault({ on: 'edit-reply', when: 'after', times: 1, answer });
    assert.equal((await replies.deliver(job, never)).kind, 'unsure');
    assert.equal(asked('PATCH', /@original/).length, 1, 'sent once');
    assert.equal((await replies.deliver({ ...job, attempts: 1 }, never)).kind, 'posted');
    hasOnlyItsVideo(message, job);
    assert.equal(videosIn().length, 1);
  });

  test(`a new message that arrived and was answered by ${name} is found, not posted twice`, async (t) => {
    const stage = await stageWithJob(t, {
      uploads: { baseTimeoutMs: 300, minBytesPerSecond: 10_000_000 },
      nonceRememberedMs: 0,
    });
    const { replies, discord, never, videosIn, channel, ann } = stage;
    const job = onRung(stage.job, 'new message', { reply: dead(stage.job) });
    discord.fault({ on: 'post-message', when: 'after', times: 1, answer });
    assert.equal((await replies.deliver(job, never)).kind, 'unsure');
    for (let i = 0; i < 120; i += 1) ann.says(`chatter ${i}`, { in: channel });
    const outcome = await replies.deliver({ ...job, attempts: 1 }, never);
    const [newer] = channel.messages.filter((message) => message.attachments.length > 0);
    assert.deepEqual(outcome, {
      ...{ kind: 'posted', channelId: channel.id, messageId: newer?.id },
    });
    assert.equal(videosIn().length, 1);
    assert.equal(stage.asked('POST', /channels.*messages/).length, 1);
  });
}

test('a token that dies after a lost answer does not lead to a second video', async (t) => {
  const { replies, message, job, discord, never } = await stageWithJob(t);
  discord.fault({ on: 'edit-reply', when: 'after', times: 1, answer: { status: 502 } });
  assert.equal((await replies.deliver(job, never)).kind, 'unsure');
  discord.expireTokens();
  assert.deepEqual(await replies.deliver({ ...job, attempts: 1 }, never), {
    ...{ kind: 'posted', channelId: message.channel.id, messageId: message.id },
  });
});

test('an expired token ends its rung with one 401, and the bot edits the same message', async (t) => {
  const stage = await stageWithJob(t);
  const { replies, message, job, discord, never } = stage;
  discord.expireTokens();
  assert.deepEqual(await replies.deliver(job, never), { kind: 'rung over', how: '50027' });
  const byBot = onRung(job, 'reply by bot', { reply: dead(job) });
  assert.equal((await replies.deliver(byBot, never)).kind, 'posted');
  hasOnlyItsVideo(message, job);
  assert.deepEqual(message.pings, []);
  const known = { ...job, reply: dead(job) };
  assert.deepEqual(await replies.deliver(known, never), { kind: 'rung over', how: 'token dead' });
  assert.equal(discord.journal.filter(({ status }) => status === 401).length, 1);
  isWellFormed(stage);
});

test('a reply that was deleted is not answered with a new message', async (t) => {
  const { replies, message, job, ann, never } = await stageWithJob(t);
  ann.deletes(message);
  assert.deepEqual(await replies.deliver(job, never), { kind: 'removed' });
  const byBot = onRung(job, 'reply by bot', { reply: dead(job) });
  assert.deepEqual(await replies.deliver(byBot, never), { kind: 'removed' });
});

test("a refusal by the server's own rules ends the rung", async (t) => {
  const { replies, job, discord, never } = await stageWithJob(t);
  for (const code of [200000, 20009]) {
    discord.fault({
      ...{ on: 'edit-reply', when: 'before', times: 1 },
      answer: { status: 400, body: { message: 'blocked', code } },
    });
    const outcome = await replies.deliver(job, never);
    assert.deepEqual(outcome, { kind: 'rung over', how: String(code) });
  }
});

test('a limit on the rate is handed back with its time, and the upload is not repeated', async (t) => {
  const { replies, job, discord, never, asked } = await stageWithJob(t);
  discord.fault({
    ...{ on: 'edit-reply', when: 'before', times: 1 },
    answer: { status: 429, body: { message: 'slow', retry_after: 1.5, global: false } },
  });
  assert.deepEqual(await replies.deliver(job, never), { kind: 'later', retryAfterMs: 1_500 });
  assert.equal(asked('PATCH', /@original/).length, 1);
});

test('a Discord that cannot be reached is waited for and uses up no attempt', async (t) => {
  const { replies, job, discord, never } = await stageWithJob(t);
  await discord.stop();
  await replies.deliver(job, never); // breaks the connection that was kept open
  assert.deepEqual(await replies.deliver(job, never), { kind: 'later', retryAfterMs: null });
});

test("a reset of the bot's token ends no rung: the video waits", async (t) => {
  const { replies, job, discord, never } = await stageWithJob(t);
  discord.resetToken();
  const later = { kind: 'later', retryAfterMs: null };
  for (const rung of ['reply by bot', 'direct message', 'reply by bot'] as const) {
    assert.deepEqual(await replies.deliver(onRung(job, rung), never), later);
  }
  assert.equal((await replies.deliver(job, never)).kind, 'posted', 'the token of the interaction');
});

test('a video whose file is gone is not posted as an empty message', async (t) => {
  const { replies, job, directory, never, message } = await stageWithJob(t);
  await rm(join(directory, job.video.name));
  assert.equal((await replies.deliver(job, never)).kind, 'rung over');
  assert.equal(message.thinking, true);
});

test('a delivery that is stopped ends at once and counts as unsure', async (t) => {
  const { replies, job, discord } = await stageWithJob(t);
  discord.fault({ on: 'edit-reply', when: 'after', answer: 'hang' });
  const stopping = new AbortController();
  const delivered = replies.deliver(job, stopping.signal);
  stopping.abort();
  assert.equal((await delivered).kind, 'unsure');
});

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
    ['Run again $0.80'],
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

for (const form of ['json', 'html'] as const) {
  test(`a file refused as too large (${form}) is not uploaded to that server again`, async (t) => {
    const stage = await stageWithJob(t, { uploadLimitBytes: 100_000 });
    const { replies, job, server, discord, never, finished, keepVideo, asked } = stage;
    discord.tooLargeAnswer = form;
    assert.deepEqual(await replies.deliver(job, never), { kind: 'too large' });
    const uploads = asked('PATCH', /@original/).length;
    const second = (await finished(server.createChannel({ name: 'other' }))).job;
    assert.deepEqual(await replies.deliver(second, never), { kind: 'too large' });
    const byBot = onRung(second, 'reply by bot');
    assert.deepEqual(await replies.deliver(byBot, never), { kind: 'too large' });
    assert.equal(asked('PATCH', /@original/).length, uploads, 'not sent again');
    const small = { ...second, video: await keepVideo(50_000) };
    assert.equal((await replies.deliver(small, never)).kind, 'posted');
  });
}

test('what was learned about sizes is doubted when more is announced, and after a week', async (t) => {
  const stage = await stageWithJob(t, { uploadLimitBytes: 100_000 });
  const { replies, job, discord, never, wait } = stage;
  assert.deepEqual(await replies.deliver(job, never), { kind: 'too large' });
  discord.uploadLimitBytes = 10_000_000;
  assert.deepEqual(await replies.deliver(job, never), { kind: 'too large' }, 'believed');
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
