import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { type Discord, type DiscordPlan, startDiscord } from './discord.ts';
import { Watch } from './watch.ts';

const DIRECT_MESSAGES = 1 << 12;
const GUILDS = 1;

interface Packet {
  op: number;
  t: string | null;
  s: number | null;
  d: Record<string, unknown>;
}

/** A bare gateway client: what it received, and how its connection ended. */
function connect(discord: Discord) {
  const socket = new WebSocket(discord.origin.replace('http', 'ws'));
  const packets: Packet[] = [];
  const watch = new Watch();
  let closedWith: number | undefined;
  socket.on('message', (raw) => {
    packets.push(JSON.parse(String(raw)));
    watch.notify();
  });
  socket.on('close', (code) => {
    closedWith = code;
    watch.notify();
  });
  const find = (which: (packet: Packet) => boolean) =>
    watch.until(
      () => packets.find(which),
      5_000,
      () => `not received; there are ${packets.map(({ op, t }) => t ?? op).join(' ')}`,
    );
  return {
    packets,
    event: (name: string) => find(({ t }) => t === name),
    op: (op: number) => find((packet) => packet.op === op),
    closed: () =>
      watch.until(
        () => closedWith,
        5_000,
        () => 'still open',
      ),
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    close: (code: number) => socket.close(code),
  };
}

async function identified(discord: Discord, intents = 0, shard: [number, number] = [0, 1]) {
  const client = connect(discord);
  await client.op(10);
  client.send(2, { token: discord.botToken, intents, shard, properties: {} });
  const ready = await client.event('READY');
  return { client, sessionId: String(ready.d.session_id), ready };
}

async function start(t: { after(end: () => Promise<void>): void }, plan: DiscordPlan = {}) {
  const discord = await startDiscord(plan);
  t.after(() => discord.stop());
  return discord;
}

test('servers are told in full only to who asked for them', async (t) => {
  const discord = await start(t);
  const server = discord.createServer({ name: 'Film club' });
  server.createChannel({ name: 'videos' });
  const plain = await identified(discord);
  assert.deepEqual(plain.ready.d.guilds, [{ id: server.id, unavailable: true }]);
  const curious = await identified(discord, GUILDS);
  const created = await curious.client.event('GUILD_CREATE');
  assert.equal((created.d.channels as unknown[]).length, 1);
  assert.equal(plain.client.packets.filter((p) => p.t === 'GUILD_CREATE').length, 0);
  server.removeBot();
  await curious.client.event('GUILD_DELETE');
});

test('direct messages reach only sessions with their intent', async (t) => {
  const discord = await start(t);
  const ann = discord.createMember({ name: 'Ann' });
  const deaf = await identified(discord);
  const hearing = await identified(discord, DIRECT_MESSAGES);
  ann.dm.says('hello');
  const event = await hearing.client.event('MESSAGE_CREATE');
  assert.equal(event.d.content, 'hello');
  assert.equal(event.d.channel_type, 1);
  deaf.client.send(1, null);
  await deaf.client.op(11);
  assert.equal(deaf.client.packets.filter((p) => p.t === 'MESSAGE_CREATE').length, 0);
});

test('a resumed session gets exactly what it missed', async (t) => {
  const discord = await start(t);
  const ann = discord.createMember({ name: 'Ann' });
  const { client, sessionId, ready } = await identified(discord, DIRECT_MESSAGES);
  discord.gateway.drop();
  assert.equal(await client.closed(), 1006);
  ann.dm.says('while you were away');
  const again = connect(discord);
  await again.op(10);
  again.send(6, { token: discord.botToken, session_id: sessionId, seq: ready.s });
  await again.event('RESUMED');
  assert.deepEqual(
    again.packets.map(({ op, t: event, s }) => [op, event, s]),
    [
      [10, null, null],
      [0, 'MESSAGE_CREATE', 2],
      [0, 'RESUMED', 3],
    ],
  );
});

test('a session that was closed by the bot or is unknown cannot be resumed', async (t) => {
  const discord = await start(t);
  const { client, sessionId } = await identified(discord);
  client.close(1000);
  await client.closed();
  const again = connect(discord);
  await again.op(10);
  again.send(6, { token: discord.botToken, session_id: sessionId, seq: 1 });
  assert.equal((await again.op(9)).d as unknown, false);
});

test('what is wrong closes the connection with its code', async (t) => {
  const discord = await start(t);
  const cases: [number, (client: ReturnType<typeof connect>) => void][] = [
    [4003, (client) => client.send(3, {})],
    [4004, (client) => client.send(2, { token: 'wrong', intents: 0 })],
    [4013, (client) => client.send(2, { token: discord.botToken, intents: 'all' })],
    [4014, (client) => client.send(2, { token: discord.botToken, intents: 1 << 15 })],
    [4010, (client) => client.send(2, { token: discord.botToken, intents: 0, shard: [2, 2] })],
  ];
  for (const [code, mistake] of cases) {
    const client = connect(discord);
    await client.op(10);
    mistake(client);
    assert.equal(await client.closed(), code);
  }
  const { client } = await identified(discord);
  client.send(2, { token: discord.botToken, intents: 0 });
  assert.equal(await client.closed(), 4005);
});

test('a direct message goes to shard 0, a server to its own, each session hears it', async (t) => {
  const discord = await start(t);
  const ann = discord.createMember({ name: 'Ann' });
  const zero = await identified(discord, DIRECT_MESSAGES, [0, 2]);
  const one = await identified(discord, DIRECT_MESSAGES, [1, 2]);
  const copy = await identified(discord, DIRECT_MESSAGES, [0, 2]);
  ann.dm.says('hello');
  await zero.client.event('MESSAGE_CREATE');
  await copy.client.event('MESSAGE_CREATE');
  one.client.send(1, null);
  await one.client.op(11);
  assert.equal(one.client.packets.filter((p) => p.t === 'MESSAGE_CREATE').length, 0);
});
