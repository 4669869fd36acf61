/** The proxy's key is over its budget, in all its shapes: not charged, no sums, no key ids. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Fault } from '../sandbox/google/google.ts';
import {
  budgetExceeded,
  keyRefused,
  keyThrottled,
  liteLlmError,
  quotaExceeded,
} from '../sandbox/google/said.ts';
import { hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ env: { LIMIT_MEMBER_DAY_VIDEOS: '1' } });
const { google } = world;
const eve = world.discord.createMember({ name: 'Eve', in: world.server });
const bot = await startInProcess(world, { env: { ADMIN_USER_IDS: eve.id } });
after(() => bot.stop().finally(() => world.close()));

const shapes: [what: string, fault: Fault][] = [
  ['400 budget_exceeded', budgetExceeded(400)],
  ['429 budget_exceeded', budgetExceeded(429)],
  [
    '401 ExceededBudget',
    liteLlmError(401, 'auth_error', 'Authentication Error, ExceededBudget: Key c0ffee over 5.0'),
  ],
  [
    '429 crossed budget',
    liteLlmError(429, 'None', 'No deployments available - crossed budget: 5.01 of 5.0'),
  ],
];

for (const [what, fault] of shapes) {
  test(`${what}: not sent again, no sums, the queue is held and then tried with one`, async () => {
    google.next('submit', fault, { times: 2 });
    const before = submits();
    const ask = await somebodyAsks(world, `a cat and ${what}`);
    await ask.message.becomes(says(/🧾 The bot's video budget is used up\. Not charged\./));
    assert.doesNotMatch(ask.message.content, /c0ffee|5\.0|beef|key/i);
    const waits = await somebodyAsks(world, `a cat after ${what}`);
    await waits.message.becomes(
      says(/🧾 The bot's video budget is used up.*(Nothing|Not) charged/),
    );
    assert.equal(submits(), before + 1);
    const told = await adminReads();
    assert.match(told, /⚠️ job \w{8}: service budget: ".*(?:exceeded|over|crossed)/i);
    assert.equal(told.match(/service budget/g)?.length, 1, 'told once');
    google.calm();
    await bot.clock.passUntil(() => hasVideo(waits.message), 20_000, 'the video');
    holds(world, ask, { paid: 0, videos: 0 });
    holds(world, waits, { paid: 1, videos: 1 });
    // The allowance was given back.
    const pressed = await ask.member.presses(ask.message, 'Run again');
    await (await pressed.reply()).becomes(hasVideo);
  });
}

for (const [what, fault] of [
  ["the key's own limit", keyThrottled()],
  ['a quota a minute', quotaExceeded('minute', 20)],
] as const) {
  test(`a true rate limit (${what}) is waited out`, async () => {
    google.next('submit', fault);
    const ask = await somebodyAsks(world, `a cat and ${what}`);
    await ask.message.becomes(says(/⏳ The video service is busy\. Nothing charged/));
    await bot.clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
    holds(world, ask, { paid: 1, videos: 1 });
  });
}

test('a refused key is the operator’s matter: not charged, new jobs held, tried again later', async () => {
  google.next('submit', keyRefused('unknown'), { times: 1 });
  const ask = await somebodyAsks(world, 'a cat and a wrong key');
  await ask.message.becomes(says(/🛠️ The bot is set up wrongly for this.*Not charged/));
  assert.doesNotMatch(ask.message.content, /token|401/i);
  const waits = await somebodyAsks(world, 'a cat after a wrong key');
  await waits.message.becomes(says(/🛠️ The bot is set up wrongly.*Nothing charged/));
  await bot.clock.passUntil(() => hasVideo(waits.message), 20_000, 'the video');
  holds(world, ask, { paid: 0, videos: 0 });
  holds(world, waits, { paid: 1, videos: 1 });
});

async function adminReads(): Promise<string> {
  const where = { in: world.channel, shownAll: true };
  const answer = await (await eve.types('/veo-admin status', {}, where)).reply();
  return answer.content;
}

function submits(): number {
  return google.requests.filter(({ kind }) => kind === 'submit').length;
}
