/** Prompts and the service's words as weapons: nobody is pinged, nothing is formatted, nothing is too long. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import type { Message } from '../sandbox/discord/discord.ts';
import { interactionsError } from '../sandbox/google/said.ts';
import { eventually, hasVideo, holds, newMember, paidFor, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google, discord } = world;
after(() => world.close());
const shortOfWords = 'veo-3.1-fast-generate-preview';
const models = [
  { id: 'veo-3.1-generate-preview', usuallyMs: 200 },
  { id: shortOfWords, promptMaxChars: 3_000 },
];
await writeFile(world.env.VIDEO_MODELS_FILE, JSON.stringify({ models }));
await world.startBot();

const weapon =
  '@everyone @here <@&1> <@2> ```js\n# big\n[x](http://evil.example) discord.gg/evil 👩‍👩‍👧‍👦 ';
const long = weapon.repeat(100).slice(0, 3_990);

function isHarmless(message: Message): void {
  assert.deepEqual(message.pings, []);
  assert.equal(message.mentionsEveryone, false);
  for (const { content } of [message, ...message.edits]) {
    assert.ok(content.length <= 2_000);
    assert.ok(content.isWellFormed());
    assert.doesNotMatch(content, /(?<!\\)`|(?<!\\)\[x\]\(|https?:\/\/evil/);
  }
  assert.deepEqual(discord.violations, []);
}

async function finish(prompt: string): Promise<void> {
  const find = () => google.operations.findLast((o) => o.prompt === prompt.trim());
  (await eventually(find, 'the operation')).finish();
}

test('a prompt full of mentions and formatting is harmless on every edit and in the alt text', async () => {
  const ask = await somebodyAsks(world, long.trim());
  await ask.message.becomes(says(/Being made/));
  await finish(long);
  await ask.message.becomes(hasVideo);
  isHarmless(ask.message);
  const alt = ask.message.attachments[0]?.description ?? '';
  assert.ok(alt.length > 0 && alt.length <= 1_024 && alt.isWellFormed());
  holds(world, ask, { paid: 1, videos: 1 });
});

test('in a new message nobody but the requester is pinged', async () => {
  const prompt = `new ${long}`.slice(0, 3_990).trim();
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  ask.asked.expire();
  discord.fault({
    on: 'edit-message',
    when: 'before',
    answer: { status: 403, body: { message: 'Missing Access', code: 50001 } },
    where: ({ path }) => path.includes(ask.message.id),
  });
  await finish(prompt);
  const video = await ask.channel.nextMessage(hasVideo);
  assert.deepEqual(video.pings, [ask.member.id]);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('the words of the service are as harmless: a refusal and an error of 10,000 characters', async () => {
  const declined = await somebodyAsks(world, 'a cat that is declined at length');
  const find = () => google.operations.find((o) => o.prompt === declined.prompt);
  (await eventually(find, 'the operation')).refuse(weapon.repeat(120));
  await declined.message.becomes(says(/🚫 The model declined/));
  isHarmless(declined.message);
  holds(world, declined, { paid: 1, videos: 0 });

  google.next('submit', interactionsError(weapon.repeat(120)));
  const refused = await somebodyAsks(world, 'a cat that is refused at length');
  await refused.message.becomes(says(/did not accept this request/));
  isHarmless(refused.message);
  holds(world, refused, { paid: 0, videos: 0 });
});

test('a direct message full of weapons is answered harmlessly, and one too long is refused unpaid', async () => {
  const member = newMember(world);
  member.dm.says(weapon.repeat(20).slice(0, 1_900));
  isHarmless(await member.dm.nextMessage((m) => m.buttons.length > 0));
  const veo = { model: 'veo-3.1-generate-preview' };
  const most = await somebodyAsks(world, 'é'.repeat(4_000), { options: veo });
  await most.message.becomes(says(/Being made/));
  assert.equal(paidFor(world, 'é'.repeat(4_000)), 1);
  const tooLong = 'é'.repeat(3_001);
  const typed = { prompt: tooLong, model: shortOfWords };
  const words = await (await member.types('/veo', typed, { in: most.channel })).reply();
  assert.ok(words.ephemeral);
  assert.match(words.content, /has 3,001 characters, at most 3,000 go\. Nothing charged\./);
  assert.equal(paidFor(world, tooLong), 0);
  assert.deepEqual(discord.violations, []);
});
