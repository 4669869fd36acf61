/**
 * Every `/veo-admin` command, typed to the real process by a member, by the admin of another server, by
 * the server's own admin and by the bot's. What each of them reads is in snapshots/steering.txt.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { adminCommands } from '../../src/discord/commands/admin/list.ts';
import type { Channel, Member } from '../sandbox/discord/discord.ts';
import type { OptionValue } from '../sandbox/discord/people.ts';
import { hasVideo, jobOf, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

type Typed = readonly [command: string, options?: Record<string, OptionValue>];

interface Person {
  readonly as: string;
  readonly member: Member;
  readonly in: Channel;
}

const stage = await startStage();
after(() => stage.world.close());

async function startStage() {
  const world = await startWorld({ env: { TIME_ZONE: 'UTC' } });
  const { discord, google, server, channel, ann } = world;
  const elsewhere = discord.createServer({ name: 'Another server' });
  const eve = discord.createMember({ name: 'Eve', in: server });
  const owner = discord.createMember({ name: 'Owner', in: server, admin: true });
  const other = discord.createMember({ name: 'Other', in: elsewhere, admin: true });
  const there = elsewhere.createChannel({ name: 'elsewhere' });
  const audit = server.createChannel({ name: 'audit' });
  const env = { ADMIN_USER_IDS: eve.id };
  const bot = await world.startBot(env);

  const ask = { member: ann, channel };
  const made = await somebodyAsks(world, 'a cat that is made', ask);
  await made.message.becomes(hasVideo);
  google.next('submit', 'close-after');
  const lost = await somebodyAsks(world, 'a cat whose answer is lost', ask);
  await lost.message.becomes(says(/answer to this request was lost/));
  const ids = { made: jobOf(made) ?? '', lost: jobOf(lost) ?? '' };

  const people: readonly Person[] = [
    { as: 'a member', member: ann, in: channel },
    { as: 'the admin of another server', member: other, in: there },
    { as: 'the admin of this server', member: owner, in: channel },
    { as: 'an admin of the bot', member: eve, in: channel },
  ];
  const names: readonly (readonly [id: string, name: string])[] = [
    ...people.map(({ member }) => [member.id, member.name] as const),
    ...[channel, there, audit].map(({ id, name }) => [id, name] as const),
    ...[server, elsewhere].map(({ id, name }) => [id, name] as const),
    ...[made, lost].map(({ message }, i) => [message.id, `message ${i}`] as const),
    [ids.made, 'madeMade'],
    [ids.lost, 'lostLost'],
  ];
  return { world, bot, env, ids, audit, people, names };
}

/** All there are, in an order that leaves things as they were. */
function commands({ in: where }: Person): readonly Typed[] {
  const { ids, audit, world } = stage;
  const [{ member }] = [stage.people[0] as Person];
  return [
    ['status'],
    ['jobs'],
    ['jobs', { state: 'unconfirmed' }],
    ['job', { id: ids.made }],
    ['cancel', { id: ids.made }],
    ['deliver', { id: ids.made }],
    ['settle', { id: ids.made, outcome: 'charged' }],
    ['settle', { id: ids.lost, outcome: 'not charged' }],
    ['spend'],
    ['export'],
    ['models', { make: 'off', model: 'veo-3.1-generate-preview' }],
    ['models'],
    ['models', { make: 'on', model: 'veo-3.1-generate-preview' }],
    ['block', { member }],
    ['unblock', { member }],
    ['block', { server: 'this one' }],
    ['block', { server: world.server.id }],
    ['unblock', { server: world.server.id }],
    ['words', { add: 'dragon' }],
    ['words'],
    ['words', { remove: 'dragon' }],
    ['server', { private: true, spoilers: true }],
    ['server', { private: false, spoilers: false }],
    ['pause', { reason: 'the bill' }],
    ['resume'],
    ['limits set', { of: 'member', period: 'day', usd: 5, videos: 9 }],
    ['limits set', { of: 'bot', period: 'month', usd: 50 }],
    ['limits exempt', { what: 'exempt', member }],
    ['limits show'],
    ['limits exempt', { what: 'no longer', member }],
    ['limits set', { of: 'member', period: 'day' }],
    ['limits set', { of: 'bot', period: 'month' }],
    ['limits confirm', { usd: 2 }],
    ['limits confirm'],
    ['audit', { channel: where === world.channel ? audit : where }],
    ['audit'],
    ['audit', { off: true }],
    ['changes'],
  ];
}

/** What a person reads. */
async function read({ member, in: where }: Person, [command, options]: Typed): Promise<string> {
  const how = { in: where, shownAll: true };
  const reply = await (await member.types(`/veo-admin ${command}`, options ?? {}, how)).reply();
  await reply.becomes(({ thinking }) => !thinking);
  assert.ok(reply.ephemeral, `everybody in the channel can read the answer to ${command}`);
  const files = reply.attachments.map(({ filename }) => `[${filename}]`);
  const buttons = reply.buttons.map(({ label }) => `( ${label} )`);
  return [reply.content, [...files, ...buttons].join(' ')].filter((line) => line !== '').join('\n');
}

function typedText([command, options = {}]: Typed): string {
  const told = Object.entries(options).map(([name, value]) => {
    const isNamed = typeof value === 'object' && 'name' in value;
    return ` ${name}:${isNamed ? value.name : String(value)}`;
  });
  return `/veo-admin ${command}${told.join('')}`;
}

/** Without what differs from run to run. */
function settled(text: string): string {
  let said = text;
  for (const [id, name] of stage.names) said = said.replaceAll(id, name);
  return said
    .replace(/<t:\d+:(\w)>/g, '<t:$1>')
    .replace(/operation [^\s,)]+/g, 'operation …')
    .replace(/sizeBytes \d+/g, 'sizeBytes …')
    .replace(/up \d+ s/g, 'up … s')
    .replace(/\d+ [GM]B free/g, '… free')
    .replace(/made in \d+ s/g, 'made in … s')
    .replace(/\b20\d\d-\d\d\b/g, 'MONTH');
}

/** What holds after it was set, and what shows it. */
const kept: readonly (readonly [set: Typed, shows: string])[] = [
  [['limits set', { of: 'member', period: 'day', usd: 5, videos: 9 }], 'limits show'],
  [['limits confirm', { usd: 2 }], 'limits show'],
  [['models', { make: 'off', model: 'veo-3.1-generate-preview' }], 'models'],
  [['words', { add: 'dragon' }], 'words'],
  [['server', { private: true, spoilers: true }], 'server'],
  [['pause', { reason: 'the bill' }], 'server'],
  [['audit', { channel: stage.audit }], 'audit'],
];

describe('/veo-admin', () => {
  it('does for each as much as is theirs, and says so', async (t) => {
    const told: string[] = [];
    const typed = new Set<string>();
    for (const person of stage.people) {
      told.push(`════ ${person.as}`);
      for (const one of commands(person)) {
        typed.add(one[0]);
        told.push(`> ${settled(typedText(one))}\n${settled(await read(person, one))}`);
      }
    }
    const all = adminCommands.map(({ group, body }) => (group ? `${group} ` : '') + body.name);
    assert.deepEqual([...typed].sort(), [...all].sort());
    const path = fileURLToPath(new URL('./snapshots/steering.txt', import.meta.url));
    t.assert.fileSnapshot(`${told.join('\n\n')}\n`, path, { serializers: [String] });
    assert.deepEqual(stage.world.discord.violations, []);
  });

  it('keeps what was set over a SIGKILL, for the server as for the whole bot', async () => {
    const admins = stage.people.slice(2);
    for (const person of admins) {
      for (const [set] of kept) await read(person, set);
    }
    const shown = () =>
      Promise.all(
        admins.flatMap((person) => kept.map(([, shows]) => read(person, [shows] as const))),
      );
    const before = await shown();
    await stage.bot.kill();
    await stage.world.startBot(stage.env);
    assert.deepEqual(await shown(), before);
  });
});
