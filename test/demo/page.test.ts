/** The page's server, without a browser: whom it answers, and what each viewer is shown. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, describe, test } from 'node:test';
import { startPage } from './page/server.ts';
import type { Outcome, State } from './page/shapes.ts';
import { createStage } from './stage.ts';

const stage = await createStage({ takesMs: 100 });
const page = await startPage(stage);
after(async () => {
  await page.stop();
  await stage.close();
});
await stage.startBot();
const { ann, channel } = stage.world;
const ben = stage.people[1]!.member;

/** As any program on this machine can: fetch sets Host and Origin by itself. */
function ask(
  path: string,
  { method = 'GET', headers = {} as Record<string, string>, body = '' } = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, page.url), { method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        body: Buffer.concat(chunks),
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function does(viewer: string, what: object): Promise<Outcome> {
  const answer = await ask('/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ viewer, place: channel.id, what }),
  });
  return JSON.parse(answer.body.toString()) as Outcome;
}

/** The first state that is as awaited. */
async function sees(viewer: string, is: (state: State) => boolean): Promise<State> {
  const limit = AbortSignal.timeout(10_000);
  const url = `${page.url}events?viewer=${viewer}&place=${channel.id}`;
  const { body } = await fetch(url, { signal: limit });
  assert.ok(body !== null);
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const state = JSON.parse(event.replace(/^data: /, '')) as State;
      if (is(state)) return state;
    }
  }
  throw new Error('never seen');
}

describe('the server of the demo’s page', () => {
  test('answers to its own name alone, and takes nothing from another page', async () => {
    const own = await ask('/');
    assert.equal(own.status, 200);
    assert.match(
      String(own.headers['content-security-policy']),
      /default-src 'none'; script-src 'self';/,
    );
    assert.equal(own.headers['access-control-allow-origin'], undefined);
    assert.equal((await ask('/', { headers: { host: 'evil.example' } })).status, 421);
    const post = { method: 'POST', body: '{}' };
    const json = { 'content-type': 'application/json' };
    assert.equal(
      (await ask('/do', { ...post, headers: { 'content-type': 'text/plain' } })).status,
      403,
    );
    assert.equal(
      (await ask('/do', { ...post, headers: { ...json, origin: 'http://evil.example' } })).status,
      403,
    );
    assert.equal((await ask('/do', { ...post, headers: json })).status, 400);
    assert.equal((await ask('/../package.json')).status, 404);
    assert.equal((await ask('/do', { method: 'PUT' })).status, 405);
  });

  test('has a script that holds the library and asks nobody for avatars', async () => {
    const script = await ask('/page.js');
    assert.equal(script.status, 200);
    assert.match(script.body.toString(), /discord-messages/);
  });

  test('makes a command of the one who types it, and shows the video in ranges', async () => {
    const options = { prompt: 'a hen', aspect: '9:16' };
    assert.deepEqual(await does(ann.id, { act: 'type', command: '/veo', options }), {});
    const { messages } = await sees(ann.id, (state) =>
      state.messages.some(({ message }) => message.attachments.length > 0),
    );
    const made = messages.find(({ message }) => message.attachments.length > 0);
    assert.equal(made?.command, 'veo');
    assert.equal(made?.by, 'Ann');
    const [video] = made?.message.attachments ?? [];
    assert.match(video?.url ?? '', /^\/attachments\/\d+\/\d+\/\w+\.mp4$/);
    const part = await ask(video?.url ?? '', { headers: { range: 'bytes=4-7' } });
    assert.equal(part.status, 206);
    assert.equal(part.body.toString(), 'ftyp');
    assert.equal(part.headers['content-type'], 'video/mp4');
  });

  test('shows what is private to the one it is for', async () => {
    await does(ann.id, { act: 'type', command: '/videos', options: {} });
    const isPrivate = (state: State) => state.messages.some(({ command }) => command === 'videos');
    await sees(ann.id, isPrivate);
    assert.equal(isPrivate(await sees(ben.id, () => true)), false);
    const names = (state: State) => state.commands.map(({ name }) => name);
    assert.ok(!names(await sees(ben.id, () => true)).includes('veo-admin'));
    const mia = stage.people[2]!.member;
    assert.ok(names(await sees(mia.id, () => true)).includes('veo-admin'));
  });

  test('hands on the form that the bot opens, and says what a client would not send', async () => {
    const { form } = await does(ann.id, { act: 'type', command: '/veo', options: {} });
    assert.equal(form?.title, 'New video');
    const wrong = await does(ann.id, { act: 'submit', form: form?.id, values: {} });
    assert.match(wrong.refused ?? '', /is required/);
    const others = await does(ben.id, { act: 'submit', form: form?.id, values: {} });
    assert.match(others.refused ?? '', /not open any more/);
    const tooFew = await does(ann.id, { act: 'type', command: '/veo', options: { aspect: '1:7' } });
    assert.match(tooFew.refused ?? '', /must be one of/);
  });

  test('never opens an uploaded page in its own name', async () => {
    const data = Buffer.from('<script>alert(1)</script>').toString('base64');
    const files = [{ name: 'x.html', type: 'text/html', data }];
    await does(ben.id, { act: 'say', text: 'look', files });
    const { messages } = await sees(ben.id, (state) =>
      state.messages.some(({ message }) => message.content === 'look'),
    );
    const url = messages.at(-1)?.message.attachments[0]?.url ?? '';
    const uploaded = await ask(url);
    assert.equal(uploaded.headers['content-type'], 'application/octet-stream');
    assert.equal(uploaded.headers['content-disposition'], 'attachment');
    assert.match(String(uploaded.headers['content-security-policy']), /sandbox/);
  });

  test('kills the bot and starts it again', async () => {
    const before = stage.bot?.process.pid;
    await does(ann.id, { act: 'bot', what: 'kill' });
    const { bot } = await sees(ann.id, (state) => state.bot.how === 'ended');
    assert.equal(bot.pid, null);
    await does(ann.id, { act: 'bot', what: 'start' });
    const again = await sees(ann.id, (state) => state.bot.how === 'running');
    assert.notEqual(again.bot.pid, before);
  });
});
