/** What comes is not what was asked for, or is not taken: told, and booked at what it really costs. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { googleError } from '../sandbox/google/said.ts';
import { eventually, hasVideo, holds, newMember, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { discord, google } = world;
after(() => world.close());
const eve = newMember(world, 'Eve');
const bot = await world.startBot({ ADMIN_USER_IDS: eve.id });

const VEO = 'veo-3.1-fast-generate-preview';

async function made(prompt: string, options: Record<string, string | number>, as: object) {
  const ask = await somebodyAsks(world, prompt, { options });
  await ask.message.becomes(says(/Being made/));
  const find = () => google.operations.find((one) => one.prompt === prompt);
  const operation = await eventually(find, 'the operation');
  operation.finish(as);
  await ask.message.becomes(hasVideo);
  return { ...ask, operation };
}

async function adminReads(command: string, options = {}): Promise<string> {
  const typed = await eve.types(`/veo-admin ${command}`, options, {
    in: world.channel,
    shownAll: true,
  });
  return (await typed.reply()).content;
}

const jobOf = (message: { buttons: readonly { customId?: string | undefined }[] }) =>
  message.buttons[0]?.customId?.split(':')[1] ?? '';

test('8 s where 4 s were asked for are told, and booked as 8 s where the service reports no use', async () => {
  const ask = await made('a cat that is too long', { model: VEO, duration: 4 }, { seconds: 8 });
  assert.match(ask.message.content, /Veo 3\.1 Fast · 4 s · 16:9 · 720p · \$0\.80 charged/);
  assert.match(ask.message.content, /ℹ️ The video service made 8 s instead of 4 s;/);
  const alarms = bot.lines.filter(({ alarm }) => alarm === 'made otherwise than asked for');
  assert.equal(alarms.length, 1);
  const told = await adminReads('job', { id: jobOf(ask.message) });
  assert.match(told, /\$0\.80 charged \(estimated \$0\.40\)/);
  assert.match(
    told,
    /settled, at the estimate · -\$0\.40 held, \+\$0\.40 charged\n.*settled, at the estimate · \+\$0\.40 charged/,
  );
  assert.equal(ask.operation.costMicroUsd, 800_000);
  assert.match(await adminReads('status'), /made otherwise than asked for/);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('what the service reports it used is charged, whatever the file is like', async () => {
  const ask = await made('a cat that is short', { duration: 8 }, { seconds: 4 });
  assert.match(ask.message.content, /The video service made 4 s instead of 8 s;/);
  assert.match(ask.message.content, /\$0\.2\d charged/);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a field that the service does not take costs nothing, and an admin reads which', async () => {
  const said =
    '`personGeneration` does not support `allow_all` as a valid value.  Please refer to the docs.';
  google.next('submit', googleError(400, 'INVALID_ARGUMENT', said));
  const ask = await somebodyAsks(world, 'a cat among people', { options: { model: VEO } });
  await ask.message.becomes(says(/did not accept this request: .*Not charged\./));
  const status = await adminReads('status');
  assert.match(status, /refused by the service: ".*personGeneration.*not charged/);
  assert.match(
    await adminReads('job', { id: jobOf(ask.message) }),
    /The service said: ".*personGeneration/,
  );
  holds(world, ask, { paid: 0, videos: 0 });
  assert.deepEqual(discord.violations, []);
});
