/** A model that is retired, or has another name here: withdrawn once, with its successor; others go on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '../sandbox/google/google.ts';
import { googleError, noSuchRoute, retiredModel, unknownVeoModel } from '../sandbox/google/said.ts';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const gone: [what: string, model: string, fault: Fault][] = [
  ['retired by Google', 'gemini-omni-1.1-flash', retiredModel('gemini-omni-1.1-flash')],
  [
    'not found for this API version',
    'veo-3.1-fast-generate-preview',
    unknownVeoModel('veo-3.1-fast-generate-preview'),
  ],
  [
    'not found at Vertex',
    'veo-3.1-fast-generate-preview',
    googleError(
      404,
      'NOT_FOUND',
      'Publisher Model `projects/p/locations/l/publishers/google/models/veo-3.1-fast-generate-preview` was not found or your project does not have access to it.',
    ),
  ],
];

const successor =
  /💤 This model has been retired\. Its successor is Omni 1\.2, \$0\.56 for the same\. Not charged\./;

for (const [what, model, fault] of gone) {
  test(`a model ${what}: queued jobs end as not charged, other models go on, admins are told once`, async () => {
    await using world = await startWorld({ env: { MAX_RUNNING_VIDEOS: '1' } });
    const { google, discord } = world;
    const eve = discord.createMember({ name: 'Eve', in: world.server });
    const bot = await world.startBot({ ADMIN_USER_IDS: eve.id });
    google.next('submit', { delayMs: 400, when: 'before' });
    const first = await somebodyAsks(world, 'a cat that keeps the queue busy');
    const old = [];
    for (let i = 0; i < 5; i++) {
      old.push(await somebodyAsks(world, `an old cat ${i}`, { options: { model } }));
    }
    const other = await somebodyAsks(world, 'a cat of another model');
    const isOld = ({ body, path }: { body: unknown; path: string }) =>
      path.includes(model) || (body as { model?: unknown }).model === model;
    google.next('submit', fault, { times: Number.POSITIVE_INFINITY, where: isOld });
    for (const ask of old) {
      await ask.message.becomes(says(successor));
      holds(world, ask, { paid: 0, videos: 0 });
    }
    await first.message.becomes(hasVideo);
    await other.message.becomes(hasVideo);
    holds(world, other, { paid: 1, videos: 1 });
    const alarms = bot.lines.filter(({ alarm }) => alarm === 'model withdrawn');
    assert.equal(alarms.length, 1);
    assert.equal(alarms[0]?.successor, 'gemini-omni-1.2-flash');
    const where = { in: world.channel, shownAll: true };
    const status = await (await eve.types('/veo-admin status', {}, where)).reply();
    const told = `model withdrawn: ${model}, its successor is gemini-omni-1.2-flash`;
    assert.ok(status.content.includes(told), status.content);
    assert.equal(status.content.match(/model withdrawn/g)?.length, 1);
    const isOffered = () => JSON.stringify(discord.commands()).includes(model);
    await eventually(() => !isOffered(), 'the commands without the model');
  });
}

test("the proxy's own 404 withdraws no model: set up wrongly, not charged", async () => {
  await using world = await startWorld();
  const { google, discord } = world;
  const bot = await world.startBot();
  google.next('submit', noSuchRoute());
  const ask = await somebodyAsks(world, 'a cat and a lost route');
  await ask.message.becomes(says(/🛠️ The bot is set up wrongly for this.*Not charged/));
  holds(world, ask, { paid: 0, videos: 0 });
  assert.ok(bot.lines.every(({ alarm }) => alarm !== 'model withdrawn'));
  assert.ok(JSON.stringify(discord.commands()).includes('gemini-omni-1.2-flash'));
});

test('the successor makes the same for the price on the button, after a SIGKILL too, once for two presses', async () => {
  await using world = await startWorld();
  const { google } = world;
  const bot = await world.startBot();
  const model = 'veo-3.1-fast-generate-preview';
  google.retire(model);
  const options = { model, duration: 8 };
  const ask = await somebodyAsks(world, 'an old cat', { options });
  await ask.message.becomes(says(successor));
  await bot.kill();
  await world.startBot();
  const label = 'Run with Omni 1.2 $0.56';
  const presses = await Promise.all([1, 2].map(() => ask.member.presses(ask.message, label)));
  const replies = await Promise.all(presses.map((pressed) => pressed.reply()));
  const made = replies.find(({ id }) => id !== ask.message.id);
  assert.ok(made);
  await made.becomes(hasVideo);
  assert.match(made.content, /Omni 1\.2 · 8 s · 16:9 · 720p · \$0\.\d\d charged/);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('the default gone, another retired and the route lost in one hour, with 30 waiting: each ends as it should', async () => {
  const [gone, retired, there] = [
    'gemini-omni-1.2-flash',
    'veo-3.1-fast-generate-preview',
    'gemini-omni-1.1-flash',
  ];
  await using world = await startWorld({
    google: { models: [there, retired], takesMs: Number.POSITIVE_INFINITY },
    env: { MAX_RUNNING_VIDEOS: '1' },
  });
  const { google, discord, server, channel } = world;
  const eve = discord.createMember({ name: 'Eve', in: server });
  const bot = await startInProcess(world, { env: { ADMIN_USER_IDS: eve.id } });
  try {
    const admin = { in: channel, shownAll: true };
    const status = async () =>
      (await (await eve.types('/veo-admin status', {}, admin)).reply()).content;
    assert.match(await status(), /💤 gemini-omni-1\.2-flash: not offered by the proxy/);
    const of = (model: string) => ({ options: { model, duration: 4 } });
    const busy = await somebodyAsks(world, 'a cat that keeps the queue busy', of(there));
    await busy.message.becomes(says(/Being made/));
    const asked = async (model: string) => {
      const all = Array.from({ length: 10 }, (_, i) =>
        somebodyAsks(world, `${model} ${i}`, of(model)),
      );
      return Promise.all(all);
    };
    const [ofGone, ofRetired, others] = [
      await asked(gone),
      await asked(retired),
      await asked(there),
    ];
    google.retire(retired);
    google.next('submit', noSuchRoute(), {
      where: ({ body }) => (body as { model?: string }).model === there,
    });
    google.videosTake(50);
    google.operations[0]?.finish();
    for (const ask of [...ofGone, ...ofRetired]) {
      await bot.clock.passUntil(
        () => says(/💤 This model has been retired\./)(ask.message),
        1_000,
        'retired',
      );
      assert.match(ask.message.content, /Not charged\./);
      holds(world, ask, { paid: 0, videos: 0 });
    }
    const ended = ({ message }: (typeof others)[number]) =>
      hasVideo(message) || says(/🛠️ The bot is set up wrongly.*Not charged/)(message);
    await bot.clock.passUntil(() => others.every(ended), 20_000, 'all others');
    // The one that met the lost route ended unpaid; it withdrew no model, and the rest went on.
    assert.equal(others.filter(({ message }) => hasVideo(message)).length, 9);
    const submits = (model: string) =>
      google.requests.filter(
        ({ kind, path, body }) =>
          kind === 'submit' && `${path} ${JSON.stringify(body)}`.includes(model),
      );
    assert.deepEqual(
      [gone, retired].map((model) => submits(model).length),
      [1, 1],
    );
    const told = await status();
    assert.match(told, /model withdrawn: gemini-omni-1\.2-flash <t:/);
    assert.match(told, /model withdrawn: veo-3\.1-fast-generate-preview <t:/);
    assert.match(told, /set up wrongly: "/);
    const offered = JSON.stringify(discord.commands());
    assert.ok(!offered.includes(gone) && !offered.includes(retired) && offered.includes(there));
    assert.deepEqual(discord.violations, []);
  } finally {
    await bot.stop();
  }
});
