import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleJob, sampleRequest } from '../jobs/samples.ts';
import { dead, hasOnlyItsVideo, isWellFormed, onRung, stageWithJob } from './stage.ts';

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
  assert.deepEqual(await replies.deliver(job, never), {
    ...{ kind: 'rung over', how: '50027', tokenDead: true },
  });
  const byBot = onRung(job, 'reply by bot', { reply: dead(job) });
  assert.equal((await replies.deliver(byBot, never)).kind, 'posted');
  hasOnlyItsVideo(message, job);
  assert.deepEqual(message.pings, []);
  const known = { ...job, reply: dead(job) };
  assert.deepEqual(await replies.deliver(known, never), {
    ...{ kind: 'rung over', how: 'token dead', tokenDead: true },
  });
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
  assert.deepEqual(await replies.deliver(job, never), { kind: 'file gone' });
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
