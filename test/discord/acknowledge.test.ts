import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acknowledge,
  acknowledgePress,
  answerPrivately,
  followUpPrivately,
} from '../../src/discord/answering/acknowledge.ts';
import { createRest } from '../../src/discord/connection/rest.ts';
import { jobMessage } from '../../src/discord/text/job.ts';
import { sampleJob } from '../jobs/samples.ts';
import { setStage } from './stage.ts';

const open = { ephemeral: false };
const brief = { ...open, withinMs: 300 };

test('an acknowledgement tells the id of the reply and whether others see it', async (t) => {
  const { rest, ask, never, discord } = await setStage(t);
  const { interaction, reply } = await ask();
  const outcome = await acknowledge(rest, reply, open, never);
  const messageId = interaction.original?.id;
  assert.deepEqual(outcome, { kind: 'acknowledged', messageId, ephemeral: false });
  assert.equal(interaction.original?.thinking, true);
  assert.deepEqual(discord.violations, []);
});

test('a reply that Discord made private is known to be private', async (t) => {
  const { rest, ask, never, channel } = await setStage(t, { botIsMember: false });
  channel.membersMay.useExternalApps = false;
  const { reply } = await ask(channel, true);
  const outcome = await acknowledge(rest, reply, open, never);
  assert.ok(outcome.kind === 'acknowledged' && outcome.ephemeral);
});

test('a private acknowledgement is private', async (t) => {
  const { rest, ask, never } = await setStage(t);
  const { interaction, reply } = await ask();
  const outcome = await acknowledge(rest, reply, { ephemeral: true }, never);
  assert.ok(outcome.kind === 'acknowledged' && outcome.ephemeral);
  assert.equal(interaction.original?.ephemeral, true);
});

test('an interaction that is too old is not ours, after one call', async (t) => {
  const { rest, ask, never, asked, discord } = await setStage(t, { acknowledgeWithinMs: 1 });
  const { interaction, reply } = await ask();
  await assert.rejects(interaction.acknowledged);
  assert.deepEqual(await acknowledge(rest, reply, open, never), { kind: 'not ours', how: '10062' });
  assert.equal(asked('POST', /callback/).length, 1);
  assert.equal(discord.journal.at(-1)?.auth, 'none');
});

test('of two processes that acknowledge the same command, one is told that it is not theirs', async (t) => {
  const { rest, ask, never, discord } = await setStage(t);
  const { reply } = await ask();
  const other = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
  t.after(() => other.close());
  const outcomes = await Promise.all([
    acknowledge(rest, reply, { ...open, job: sampleJob('received', { reply }) }, never),
    acknowledge(other, reply, { ...open, job: sampleJob('received', { reply }) }, never),
  ]);
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['acknowledged', 'not ours']);
});

test('a 5xx without effect is tried again within the three seconds', async (t) => {
  const { rest, ask, never, discord } = await setStage(t);
  const { interaction, reply } = await ask();
  discord.fault({ on: 'acknowledge', when: 'before', times: 2, answer: { status: 503 } });
  const outcome = await acknowledge(rest, reply, open, never);
  assert.equal(outcome.kind, 'acknowledged');
  assert.ok(interaction.acknowledgement !== undefined);
});

for (const answer of ['reset', { status: 502 }] as const) {
  test(`an acknowledgement whose answer was lost (${JSON.stringify(answer)}) is claimed with our own job`, async (t) => {
    const { rest, ask, never, discord } = await setStage(t);
    const { interaction, reply } = await ask();
    const job = sampleJob('received', { reply });
    discord.fault({ on: 'acknowledge', when: 'after', times: 1, answer });
    const outcome = await acknowledge(rest, reply, { ...open, job }, never);
    const messageId = interaction.original?.id;
    assert.deepEqual(outcome, { kind: 'acknowledged', messageId, ephemeral: false });
    assert.deepEqual(
      interaction.original?.buttons.map(({ customId }) => customId),
      [`cancel:${job.id}`],
    );
    assert.deepEqual(discord.violations, []);
  });
}

test('without its job, a lost answer is unsure, and the port finds out', async (t) => {
  const { rest, ask, never, discord, replies } = await setStage(t);
  const { interaction, reply } = await ask();
  discord.fault({ on: 'acknowledge', when: 'after', times: 1, answer: 'reset' });
  assert.equal((await acknowledge(rest, reply, open, never)).kind, 'unsure');
  const outcome = await replies.exists(sampleJob('received', { reply }), never);
  const messageId = interaction.original?.id;
  assert.deepEqual(outcome, { kind: 'acknowledged', messageId, ephemeral: false });
});

test("a lost answer to a reply that shows another process's job is not ours", async (t) => {
  const { rest, ask, never, discord, replies } = await setStage(t);
  const { interaction, reply } = await ask();
  const theirs = sampleJob('queued', { reply });
  assert.equal((await acknowledge(rest, reply, open, never)).kind, 'acknowledged');
  assert.equal((await replies.show(theirs, never)).kind, 'shown');
  discord.fault({ on: 'acknowledge', when: 'before', times: 1, answer: 'reset' });
  const job = sampleJob('received', { reply });
  const outcome = await acknowledge(rest, reply, { ...open, job }, never);
  assert.deepEqual(outcome, { kind: 'not ours', how: "another job's reply" });
  assert.equal(interaction.original?.buttons[0]?.customId, `cancel:${theirs.id}`);
});

for (const slowMs of [300, 3_000]) {
  test(`two processes that lost their answers and both find the reply unclaimed: one has it (${slowMs} ms apart)`, async (t) => {
    const { rest, ask, never, discord, replies } = await setStage(t);
    const { interaction, reply } = await ask();
    const other = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
    t.after(() => other.close());
    const [mine, theirs] = [sampleJob('received', { reply }), sampleJob('received', { reply })];
    discord.fault({ on: 'acknowledge', when: 'after', times: 2, answer: 'reset' });
    // The other one reads before we have written, and writes after we have read that it is ours.
    discord.fault({
      ...{ on: 'edit-reply', when: 'before', times: 1, answer: { delayMs: slowMs } },
      where: ({ body }) => JSON.stringify(body).includes(theirs.id),
    });
    const outcomes = await Promise.all([
      acknowledge(rest, reply, { ...open, job: mine }, never),
      acknowledge(other, reply, { ...open, job: theirs }, never),
    ]);
    const first = outcomes.filter(({ kind }) => kind === 'acknowledged');
    assert.ok(first.length <= 1, 'never both');
    // Whoever goes on shows it; whoever is unsure asks once more.
    const [own, foreign] = outcomes;
    if (own?.kind === 'acknowledged') {
      await replies.show(sampleJob('queued', { id: mine.id, reply }), never);
    }
    const settled = foreign?.kind === 'unsure' ? await replies.exists(theirs, never) : foreign;
    const kinds = [own?.kind, settled?.kind];
    assert.deepEqual(kinds.toSorted(), ['acknowledged', 'not ours']);
    const owner = own?.kind === 'acknowledged' ? mine : theirs;
    assert.equal(interaction.original?.buttons[0]?.customId, `cancel:${owner.id}`);
    assert.deepEqual(discord.violations, []);
  });
}

test('when Discord never answers, the outcome is unsure when the time is up', async (t) => {
  const { rest, ask, never, discord } = await setStage(t);
  const { reply } = await ask();
  discord.fault({ on: 'acknowledge', when: 'before', answer: 'hang' });
  assert.equal((await acknowledge(rest, reply, brief, never)).kind, 'unsure');
});

test('what was refused each time for its rate is not acknowledged', async (t) => {
  const { rest, ask, never, discord } = await setStage(t);
  const { reply } = await ask();
  const body = { message: 'slow', retry_after: 0.8, global: true };
  discord.fault({ on: 'acknowledge', when: 'before', answer: { status: 429, body } });
  assert.deepEqual(await acknowledge(rest, reply, brief, never), {
    ...{ kind: 'not ours', how: 'HTTP 429' },
  });
});

test('the reply of a received job exists only if Discord knows it and it is this job', async (t) => {
  const { ask, never, replies, rest, discord, ann } = await setStage(t, { rateLimits: false });
  const { interaction, reply } = await ask();
  const job = sampleJob('received', { reply });
  assert.deepEqual(await replies.exists(job, never), { kind: 'not ours', how: '10015' });
  await acknowledge(rest, reply, open, never);
  assert.equal((await replies.exists(job, never)).kind, 'acknowledged');
  assert.equal((await replies.exists(job, never)).kind, 'acknowledged', 'asked again');
  const other = sampleJob('received', { reply });
  assert.equal((await replies.exists(other, never)).kind, 'not ours');
  const fault = discord.fault({ on: 'get-reply', when: 'before', answer: { status: 500 } });
  assert.equal((await replies.exists(job, never)).kind, 'unsure');
  fault.clear();
  if (interaction.original !== undefined) ann.deletes(interaction.original);
  assert.deepEqual(await replies.exists(job, never), { kind: 'not ours', how: '10008' });
  discord.expireTokens();
  assert.deepEqual(await replies.exists(job, never), { kind: 'not ours', how: '50027' });
});

test('a press on a message makes that message the reply, and its token edits it', async (t) => {
  const { rest, finished, replies, ann, never, replyOf, discord } = await setStage(t);
  const { job, message } = await finished();
  assert.equal(
    (await replies.show(sampleJob('queued', { reply: job.reply }), never)).kind,
    'shown',
  );
  discord.expireTokens();
  const press = await ann.presses(message, 'Cancel');
  const reply = { ...replyOf(press), messageId: message.id };
  assert.deepEqual(await acknowledgePress(rest, reply, undefined, never), {
    ...{ kind: 'acknowledged', messageId: message.id, ephemeral: false },
  });
  assert.equal((await replies.deliver({ ...job, reply }, never)).kind, 'posted');
  assert.equal(message.attachments.length, 1);
});

test('a private answer is seen by one person and pings nobody, even if its answer is lost', async (t) => {
  const { rest, ask, never, discord, channel, ann } = await setStage(t);
  const { reply, interaction } = await ask();
  discord.fault({ on: 'acknowledge', when: 'after', times: 1, answer: 'reset' });
  const words = { content: `Not charged. ${ann.mention}` };
  assert.deepEqual(await answerPrivately(rest, reply, words, never), { kind: 'answered' });
  assert.equal(channel.messages.length, 0);
  assert.equal(interaction.original?.content, words.content);
  assert.deepEqual(interaction.original?.mentions, []);
  const late = await answerPrivately(rest, { ...reply, token: 'other' }, words, never);
  assert.deepEqual(late, { kind: 'not answered', how: '10062' });
});

test('a follow-up is private, and sent once whatever the answer is', async (t) => {
  const { rest, ask, never, discord, channel, asked } = await setStage(t);
  const { reply } = await ask();
  await acknowledge(rest, reply, open, never);
  await rest.ordinary.patch(`/webhooks/${reply.applicationId}/${reply.token}/messages/@original`, {
    auth: false,
    body: jobMessage(sampleJob('queued', { reply })),
  });
  const words = { content: 'Only its requester can cancel it.' };
  assert.deepEqual(await followUpPrivately(rest, reply, words, never), { kind: 'answered' });
  assert.equal(channel.privateMessages.at(-1)?.content, words.content);
  discord.fault({ on: 'follow-up', when: 'before', answer: { status: 502 } });
  const before = asked('POST', /webhooks/).length;
  const outcome = await followUpPrivately(rest, reply, words, never);
  assert.deepEqual(outcome, { kind: 'not answered', how: 'HTTP 502' });
  assert.equal(asked('POST', /webhooks/).length, before + 1);
  assert.deepEqual(discord.violations, []);
});
