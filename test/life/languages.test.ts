/** Each member reads their own language from the command to the video, also when the bot was killed. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, hasVideo, paidFor, says } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { discord, google, server, channel } = world;
after(() => world.close());
let bot = await world.startBot();

test('a German video stays German over a restart; who presses under it in Japanese is answered so', async () => {
  const dora = discord.createMember({ name: 'Dora', in: server, locale: 'de' });
  const jun = discord.createMember({ name: 'Jun', in: server, locale: 'ja' });
  const prompt = 'eine Katze im Schnee';
  const message = await (await dora.types('/veo', { prompt }, { in: channel })).reply();
  const wasSaid = new Set<string>();
  const note = () => wasSaid.add(message.content);
  await message.becomes(says(/In Arbeit, erwartet/));
  note();
  await bot.kill();
  bot = await world.startBot();

  const answer = await (await jun.presses(message, 'Abbrechen')).nextFollowUp();
  assert.ok(answer.ephemeral);
  assert.match(answer.content, /キャンセルできるのは、頼んだ本人かボットの管理者だけです/);
  note();

  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  (await eventually(find, 'the operation')).finish();
  await message.becomes(hasVideo);
  note();
  assert.match(message.content, /\$\d+\.\d\d berechnet · gemacht in/);
  assert.match(message.buttons[0]?.label ?? '', /^Noch einmal \$0\.\d\d$/);
  for (const said of wasSaid) assert.doesNotMatch(said, /charged|Being made|made in/, said);

  const list = await (await dora.types('/videos', {}, { in: channel })).reply();
  assert.match(list.content, /\$\d+\.\d\d berechnet/);
  // A direct message names no language: the one of the newest video holds.
  dora.dm.says('ein Fuchs');
  const offer = await dora.dm.nextMessage(({ buttons }) => buttons.length > 0);
  assert.match(offer.content, /es wird nichts berechnet, bevor du den Knopf drückst/);
  assert.equal(paidFor(world, prompt), 1);
  assert.deepEqual(discord.violations, []);
});
