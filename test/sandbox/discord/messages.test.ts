import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawFile } from 'discord.js';
import { file, type Message } from './discord.ts';
import { place, refused, startRaw } from './raw.ts';

const mp4 = (name: string, bytes = 8): RawFile => ({ name, data: Buffer.alloc(bytes, name) });
const filenames = (message: Message) => message.attachments.map(({ filename }) => filename);

test('a repeated nonce returns the first message, and none once that is deleted', async (t) => {
  let clock = Date.now();
  const { discord, rest } = await startRaw(t, { now: () => clock, nonceRememberedMs: 60_000 });
  const { channel, ann } = place(discord);
  const messages = `/channels/${channel.id}/messages` as const;
  const body = { content: 'the video', nonce: 'job-1', enforce_nonce: true };
  const first = (await rest.post(messages, { body })) as { id: string };
  const second = (await rest.post(messages, { body })) as { id: string };
  assert.equal(second.id, first.id);
  assert.equal(channel.messages.length, 1);
  ann.deletes(await channel.nextMessage());
  await refused(rest.post(messages, { body }), 404, 10008);
  await rest.post(messages, { body: { ...body, enforce_nonce: false } });
  clock += 60_001;
  await rest.post(messages, { body });
  assert.equal(channel.messages.length, 2);
  assert.deepEqual(discord.violations, []);
});

test('an edit adds files unless it lists those that stay', async (t) => {
  const { discord, rest } = await startRaw(t, { rateLimits: false });
  const { channel } = place(discord);
  const messages = `/channels/${channel.id}/messages` as const;
  await rest.post(messages, { body: { content: 'x' }, files: [mp4('a.mp4')] });
  const message = await channel.nextMessage();
  const path = `${messages}/${message.id}` as const;
  await rest.patch(path, { body: {}, files: [mp4('b.mp4')] });
  assert.deepEqual(filenames(message), ['a.mp4', 'b.mp4']);
  await rest.patch(path, { body: { content: 'only words' } });
  assert.deepEqual(filenames(message), ['a.mp4', 'b.mp4']);
  const stays = message.attachments[1]?.id;
  const attachments = [{ id: stays, description: 'the second' }];
  await rest.patch(path, { body: { attachments } });
  assert.deepEqual(filenames(message), ['b.mp4']);
  assert.equal(message.attachments[0]?.description, 'the second');
  for (let n = 0; n < 2; n += 1)
    await rest.patch(path, { body: { attachments: [{ id: 0 }] }, files: [mp4('c.mp4')] });
  assert.deepEqual(filenames(message), ['c.mp4']);
  await refused(rest.patch(path, { body: { attachments: [{ id: 0 }] } }), 400, 50035);
  assert.deepEqual(discord.violations, []);
});

test('a file above what the place accepts is refused, as JSON or as a web page', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { server, channel, ann } = place(discord);
  channel.uploadLimitBytes = 1_000;
  channel.announcedUploadLimitBytes = 2_000;
  const send = (bytes: number) =>
    rest.post(`/channels/${channel.id}/messages`, { body: {}, files: [mp4('a.mp4', bytes)] });
  await refused(send(1_001), 413, 40005);
  discord.tooLargeAnswer = 'html';
  await assert.rejects(send(1_001), { status: 413, code: undefined });
  await send(1_000);
  server.boostLevel = 2;
  const boosted = server.createChannel({ name: 'boosted' });
  assert.equal(boosted.acceptsBytes, 50 * 1024 * 1024);
  assert.equal(boosted.announcesBytes, boosted.acceptsBytes);
  assert.equal(channel.announcesBytes, 2_000);
  assert.equal(ann.dm.acceptsBytes, discord.uploadLimitBytes);
  assert.deepEqual(discord.violations, []);
});

test('who is pinged follows from the text and what it may mention, and never from an edit', async (t) => {
  const { discord, rest } = await startRaw(t, { rateLimits: false });
  const { channel, ann } = place(discord);
  const ben = discord.createMember({ name: 'Ben' });
  const content = `@everyone <@${ann.id}> <@!${ben.id}> <@&77> <@42> \`<@${ben.id}>\``;
  const pings = async (allowed_mentions?: object) => {
    const body = { content, ...(allowed_mentions ? { allowed_mentions } : {}) };
    await rest.post(`/channels/${channel.id}/messages`, { body });
    return (await channel.nextMessage()).pings;
  };
  assert.deepEqual(await pings(), [ann.id, ben.id, '@&77', '@everyone']);
  assert.deepEqual(await pings({ parse: [] }), []);
  assert.deepEqual(await pings({ parse: [], users: [ann.id] }), [ann.id]);
  assert.deepEqual(await pings({ users: [ann.id] }), [ann.id]);
  await refused(pings({ parse: ['users'], users: [ann.id] }), 400, 50035);
  const asked = await ann.types('/veo', {}, { in: channel });
  const data = { content };
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  await rest.post(callback, { auth: false, body: { type: 4, data } });
  const reply = await asked.reply();
  assert.deepEqual(reply.pings, [ann.id, ben.id]);
  const path = `/channels/${channel.id}/messages/${reply.id}` as const;
  reply.pings = [];
  await rest.patch(path, { body: { content: `${content} again` } });
  assert.deepEqual(reply.pings, []);
});

test('what the bot may not do is refused, each with its own code', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { server, channel, ann } = place(discord);
  const post = (id: string, files: RawFile[] = []) =>
    rest.post(`/channels/${id}/messages`, { body: { content: 'x' }, files });
  const mute = server.createChannel({ name: 'mute', botMay: { sendMessages: false } });
  const hidden = server.createChannel({ name: 'hidden', botMay: { viewChannel: false } });
  const bare = server.createChannel({ name: 'bare', botMay: { attachFiles: false } });
  const old = server.createChannel({ name: 'old', kind: 'thread', archived: true });
  const shut = server.createChannel({ name: 'shut', kind: 'thread', archived: true, locked: true });
  await refused(post(mute.id), 403, 50013);
  await refused(post(hidden.id), 403, 50001);
  await refused(post(bare.id, [mp4('a.mp4')]), 403, 50013);
  await refused(post(shut.id), 400, 50083);
  await post(old.id);
  assert.equal(old.archived, false);
  old.archived = true;
  const inOld = `/channels/${old.id}/messages/${old.messages[0]?.id}` as const;
  await refused(rest.patch(inOld, { body: { content: 'y' } }), 400, 50083);
  const said = ann.says('mine', { in: channel });
  const others = `/channels/${channel.id}/messages/${said.id}` as const;
  await refused(rest.patch(others, { body: { content: 'y' } }), 403, 50005);
  channel.delete();
  await refused(post(channel.id), 404, 10003);
  server.removeBot();
  await refused(post(bare.id), 403, 50001);
  assert.deepEqual(discord.violations, []);
});

test('a direct message can be closed, out of reach, or in need of being opened again', async (t) => {
  const { discord, rest } = await startRaw(t);
  const ann = discord.createMember({ name: 'Ann' });
  const open = () => rest.post('/users/@me/channels', { body: { recipient_id: ann.id } });
  const post = () => rest.post(`/channels/${ann.dm.id}/messages`, { body: { content: 'x' } });
  assert.equal(((await open()) as { id: string }).id, ann.dm.id);
  ann.dm.closed = true;
  await refused(post(), 403, 50007);
  ann.dm.closed = false;
  ann.dm.outOfReach = true;
  await refused(post(), 403, 50278);
  ann.dm.outOfReach = false;
  ann.dm.mustBeReopened = true;
  await refused(post(), 403, 50001);
  await open();
  await post();
  assert.equal((await ann.dm.nextMessage()).content, 'x');
  await refused(rest.post('/users/@me/channels', { body: { recipient_id: '1' } }), 400, 50033);
  assert.deepEqual(discord.violations, []);
});

test('a form with a mistake is refused with the place of each one', async (t) => {
  const { discord, rest } = await startRaw(t, { validate: false, rateLimits: false });
  const { channel } = place(discord);
  const refusal = async (body: object) => {
    const call = rest.post(`/channels/${channel.id}/messages`, { body });
    const error = await call.then(
      () => assert.fail('accepted'),
      (reason: { code: number; rawError: { errors?: unknown } }) => reason,
    );
    return [error.code, JSON.stringify(error.rawError.errors ?? null)] as const;
  };
  const button = (more: object) => ({ type: 2, style: 1, label: 'x', custom_id: 'x', ...more });
  const row = (...components: object[]) => ({ type: 1, components });
  const withRow = (...components: object[]) => ({ content: 'x', components: [row(...components)] });
  const mistakes: [object, RegExp][] = [
    [{ content: 'x'.repeat(2_001) }, /"content":.*MAX_LENGTH.*2000/],
    [withRow(button({ label: 'x'.repeat(81) })), /components.*"label":.*MAX_LENGTH/],
    [withRow(button({ custom_id: '' })), /"custom_id"/],
    [withRow(button({ custom_id: 'x'.repeat(101) })), /"custom_id"/],
    [withRow(button({}), button({})), /COMPONENT_CUSTOM_ID_DUPLICATED/],
    [withRow(...[1, 2, 3, 4, 5, 6].map((n) => button({ custom_id: `${n}` }))), /"components"/],
    [withRow(button({ url: 'http://x.example' })), /BUTTON_COMPONENT/],
    [{ content: 'x', attachments: [{ id: 0, description: 'x'.repeat(1_025) }] }, /"description"/],
    [{ content: 'x', allowed_mentions: { parse: ['nobody'] } }, /"allowed_mentions"/],
    [{ content: 'x', nonce: 'x'.repeat(26) }, /"nonce"/],
    [{ content: 'x', flags: 32768 }, /COMPONENTS_V2/],
    [{ content: 'x', components: [{ type: 10, content: 'text' }] }, /UNION_TYPE_CHOICES/],
  ];
  for (const [body, expected] of mistakes) {
    const [code, errors] = await refusal(body);
    assert.equal(code, 50035, errors);
    assert.match(errors, expected);
  }
  assert.equal((await refusal({}))[0], 50006);
  assert.equal((await refusal({ content: '  ' }))[0], 50006);
  assert.equal(channel.messages.length, 0);
});

test('a planted fault meets its request before or after the effect', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel } = place(discord);
  const post = (content: string) =>
    rest.post(`/channels/${channel.id}/messages`, { body: { content } });
  discord.fault({ on: 'post-message', times: 1, when: 'after', answer: { status: 502 } });
  await refused(post('one'), 502);
  assert.equal(channel.messages.length, 1);
  const reset = discord.fault({
    on: 'post-message',
    when: 'before',
    answer: 'reset',
    where: (request) => (request.body as { content: string }).content === 'two',
  });
  await assert.rejects(post('two'), { code: 'ECONNRESET' });
  assert.equal(channel.messages.length, 1);
  await post('three');
  reset.clear();
  await post('two');
  assert.equal(reset.used, 1);
  discord.fault({ on: 'any', times: 1, when: 'before', answer: 'hang' });
  const signal = AbortSignal.timeout(50);
  await assert.rejects(rest.get('/users/@me', { signal }), { name: 'AbortError' });
  discord.fault({
    on: 'get-messages',
    times: 1,
    when: 'after',
    answer: { status: 413, html: '<h1>no</h1>' },
  });
  await refused(rest.get(`/channels/${channel.id}/messages`), 413);
  const statuses = discord.journal.map(({ status }) => status);
  assert.deepEqual(statuses.slice(1), [502, 0, 200, 200, undefined, 413]);
});

test('messages are listed newest first, after one and up to a number', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel } = place(discord);
  const messages = `/channels/${channel.id}/messages` as const;
  const ids: string[] = [];
  for (const content of ['1', '2', '3'])
    ids.push(((await rest.post(messages, { body: { content } })) as { id: string }).id);
  const list = async (query: string) =>
    (
      (await rest.get(messages, { query: new URLSearchParams(query) })) as { content: string }[]
    ).map(({ content }) => content);
  assert.deepEqual(await list(''), ['3', '2', '1']);
  assert.deepEqual(await list(`after=${ids[0]}`), ['3', '2']);
  assert.deepEqual(await list(`after=${ids[0]}&limit=1`), ['2']);
  assert.deepEqual(await list('limit=1'), ['3']);
  await refused(rest.get(messages, { query: new URLSearchParams('limit=101') }), 400, 50035);
});

test('files are served by link, in ranges, until the link runs out', async (t) => {
  let clock = Date.now();
  const { discord, rest } = await startRaw(t, { now: () => clock, linkLifetimeMs: 1_000 });
  const { channel } = place(discord);
  const files = [{ name: 'cat.mp4', data: Buffer.from('0123456789') }];
  const messages = `/channels/${channel.id}/messages` as const;
  const sent = (await rest.post(messages, { body: {}, files })) as {
    id: string;
    attachments: { url: string; content_type: string }[];
  };
  const { url = '', content_type } = sent.attachments[0] ?? {};
  assert.equal(content_type, 'video/mp4');
  assert.equal(await (await fetch(url)).text(), '0123456789');
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), 'bytes 2-4/10');
  assert.equal(await part.text(), '234');
  clock += 1_001;
  assert.equal((await fetch(url)).status, 404);
  const again = (await rest.get(`${messages}/${sent.id}`)) as typeof sent;
  assert.equal((await fetch(again.attachments[0]?.url ?? '')).status, 200);
  const forged = url.replace(/ex=[0-9a-f]+/, 'ex=ffffffff');
  assert.equal((await fetch(forged)).status, 404);
});

test('links that have run out are refreshed, those of files and no others', async (t) => {
  let clock = Date.now();
  const { discord, rest } = await startRaw(t, { now: () => clock });
  const { channel, ann } = place(discord);
  const picture = file(Buffer.from('0123456789'), 'cat.png');
  const said = discord.json(ann.says('look', { in: channel, files: [picture] })) as {
    attachments: { url: string }[];
  };
  const [{ url } = { url: '' }] = said.attachments;
  clock += 25 * 3_600_000;
  assert.equal((await fetch(url)).status, 404);
  const refresh = (attachment_urls?: unknown) =>
    rest.post('/attachments/refresh-urls', { body: { attachment_urls } });
  const { refreshed_urls } = (await refresh([url])) as {
    refreshed_urls: { original: string; refreshed: string }[];
  };
  assert.equal(refreshed_urls[0]?.original, url);
  assert.equal((await fetch(refreshed_urls[0]?.refreshed ?? '')).status, 200);
  await refused(refresh(['https://evil.example/cat.png']), 400, 50035);
  await refused(refresh([]), 400, 50035);
  await refused(refresh(Array(51).fill(url)), 400, 50035);
  await refused(refresh(), 400, 50035);
  assert.deepEqual(discord.violations, []);
});

test('a message of components shows the file that a component names', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel } = place(discord);
  const gallery = { type: 12, items: [{ media: { url: 'attachment://cat.mp4' } }] };
  const body = { flags: 32768, components: [{ type: 10, content: 'A cat' }, gallery] };
  const messages = `/channels/${channel.id}/messages` as const;
  await refused(rest.post(messages, { body }), 400, 50035);
  const sent = (await rest.post(messages, { body, files: [mp4('cat.mp4')] })) as {
    attachments: unknown[];
  };
  assert.deepEqual(sent.attachments, []);
  const message = await channel.nextMessage();
  assert.equal(message.text, 'A cat');
  assert.deepEqual(filenames(message), ['cat.mp4']);
  assert.deepEqual(discord.violations, []);
});

test('each visible change of a channel is announced', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const changes: string[] = [];
  discord.on('change', ({ what, message }) => changes.push(`${what} ${message.content}`));
  const messages = `/channels/${channel.id}/messages` as const;
  await rest.post(messages, { body: { content: 'one' } });
  const message = await channel.nextMessage();
  await rest.patch(`${messages}/${message.id}`, { body: { content: 'two' } });
  ann.deletes(message);
  assert.deepEqual(changes, ['created one', 'edited two', 'deleted two']);
  await assert.rejects(
    channel.nextMessage(() => true, 20),
    /No such message came in #videos/,
  );
  await assert.rejects(
    message.becomes((m) => m.content === 'three', 20),
    /did not become[\s\S]*two/,
  );
});

test('an upload that is cut off leaves nothing behind', async (t) => {
  const { discord } = await startRaw(t);
  const { channel } = place(discord);
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"content":'));
      setImmediate(() => stream.error(new Error('killed')));
    },
  });
  const headers = {
    authorization: `Bot ${discord.botToken}`,
    'content-type': 'application/json',
  };
  const url = `${discord.apiUrl}/v10/channels/${channel.id}/messages`;
  await assert.rejects(
    fetch(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit),
  );
  await discord.stop();
  assert.equal(channel.messages.length, 0);
  assert.deepEqual(discord.violations, []);
});
