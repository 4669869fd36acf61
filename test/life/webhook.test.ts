/** The video service tells that it is done, at an address of the bot's own: a hint, never the truth. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import type { Bot } from './bot.ts';
import { freePort } from './free-port.ts';
import { startWorld, type World } from './world.ts';

/** Longer than any test: without a hint no look finds a video that is done early. */
const NO_LOOK_BEFORE_MS = 600_000;

describe('a bot that can be reached from outside', () => {
  let world: World;
  let bot: Bot;
  let base: string;
  before(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    world = await startWorld({
      google: { takesMs: Number.POSITIVE_INFINITY },
      usuallyMs: NO_LOOK_BEFORE_MS,
      env: { OPS_PORT: String(port), PUBLIC_URL: `${base}/` },
    });
    bot = await world.startBot();
  });
  after(() => world.close());

  const operationFor = (prompt: string) =>
    eventually(() => world.google.operations.find((o) => o.prompt === prompt), 'the paid call');
  const hookOf = (operation: Operation) => operation.order.webhook?.uris[0] ?? '';

  async function post(url: string, body: unknown, method = 'POST'): Promise<number> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(url, { method, ...(method === 'POST' && { body: text }) });
    await answer.arrayBuffer();
    return answer.status;
  }
  const completed = (id: string) => ({
    type: 'interaction.completed',
    version: 'v1',
    data: { id },
  });

  /** Its paid call is accepted and the answer lost. */
  async function losesItsAnswer(prompt: string) {
    world.google.next('submit', 'close-after');
    const ask = await somebodyAsks(world, prompt);
    await ask.message.becomes(says(/may have been charged/));
    return { ask, operation: await operationFor(prompt) };
  }

  const jobIn = (prompt: string): string => {
    const [, id = ''] = /\/hooks\/([0-9a-z]+)\./.exec(hookOf(operationNow(prompt))) ?? [];
    return id;
  };
  const operationNow = (prompt: string): Operation => {
    const found = world.google.operations.find((o) => o.prompt === prompt);
    assert.ok(found);
    return found;
  };
  const eventsOf = (prompt: string): string[] =>
    bot.lines.filter((line) => line.job === jobIn(prompt)).map(({ event }) => event ?? '');

  it('ends the wait at once, with one look instead of many', async () => {
    for (const model of ['gemini-omni-1.2-flash', 'veo-3.1-generate-preview']) {
      const prompt = `a fox in the snow, by ${model}`;
      const ask = await somebodyAsks(world, prompt, { options: { model } });
      const operation = await operationFor(prompt);
      await ask.message.becomes(says(/Being made/));
      assert.ok(hookOf(operation).startsWith(`${base}/hooks/`));
      operation.finish();
      await ask.message.becomes(hasVideo);
      assert.equal(world.google.polls(operation), 1);
      holds(world, ask, { paid: 1, videos: 1 });
    }
  });

  it('says what happened to it where it made no video, from the look and not from the hint', async () => {
    const ask = await somebodyAsks(world, 'a fox that is refused');
    await ask.message.becomes(says(/Being made/));
    (await operationFor(ask.prompt)).refuse('Not this one.');
    await ask.message.becomes(says(/declined/));
    holds(world, ask, { paid: 1, videos: 0 });
  });

  it('brings a lost answer back: the video comes, charged once, and no admin need look at it', async () => {
    const { ask, operation } = await losesItsAnswer('a fox whose answer was lost');
    const made = ask.message.becomes(says(/Being made/));
    operation.finish();
    await made;
    await ask.message.becomes(hasVideo);
    await ask.message.becomes(says(/\$0\.\d\d charged/));
    holds(world, ask, { paid: 1, videos: 1 });
    assert.ok(eventsOf(ask.prompt).includes('answer found'));
    assert.equal(eventsOf(ask.prompt).filter((event) => event === 'accepted').length, 0);
  });

  it('brings back the answer that a SIGKILL between the paid call and its answer has lost', async () => {
    world.google.next('submit', 'hang-after');
    const ask = await somebodyAsks(world, 'a fox and a killed bot');
    const operation = await operationFor(ask.prompt);
    await bot.kill();
    bot = await world.startBot();
    await ask.message.becomes(says(/may have been charged/));
    operation.finish();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  it('keeps a hint that comes before the answer, for when that is lost', async () => {
    world.google.next('submit', { delayMs: 60_000, when: 'after' });
    const ask = await somebodyAsks(world, 'a fox that is quicker than its answer');
    const operation = await operationFor(ask.prompt);
    operation.finish();
    await bot.says(
      ({ job, event }) => event === 'told from outside' && job === jobIn(ask.prompt),
      'that it was told',
    );
    await bot.kill();
    bot = await world.startBot();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  it('gets there although the service cannot be asked when the hint comes', async () => {
    const { ask, operation } = await losesItsAnswer('a fox and a proxy that is away');
    world.google.next('poll', { status: 503, body: {} }, { times: 2 });
    operation.finish();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  it('does nothing on a forged, foreign, repeated, late or garbled delivery', async () => {
    const lost = await losesItsAnswer('a fox that stays lost');
    const other = await somebodyAsks(world, 'a fox that runs');
    await other.message.becomes(says(/Being made/));
    const running = await operationFor(other.prompt);
    const done = operationNow('a fox whose answer was lost');
    const [lostHook, runningHook, doneHook] = [lost.operation, running, done].map(hookOf);
    assert.ok(lostHook && runningHook && doneHook);
    const before = world.google.requests.length;

    // Forged: the proof of another job, of none, or cut.
    const own = completed(lost.operation.id);
    const proof = (hook: string) => hook.split('.').at(-1) ?? '';
    for (const path of [
      `/hooks/${jobIn(lost.ask.prompt)}.${proof(runningHook)}`,
      `/hooks/${jobIn(lost.ask.prompt)}.${'A'.repeat(32)}`,
      `/hooks/${jobIn(lost.ask.prompt)}.${proof(lostHook).slice(1)}`,
      `/hooks/${jobIn(lost.ask.prompt)}`,
      '/hooks/',
    ]) {
      assert.equal(await post(base + path, own), 404, path);
    }
    assert.equal(await post(lostHook, own, 'GET'), 405);
    // Garbled: taken, and nothing comes of it.
    for (const body of ['', 'no JSON', '[]', 'null', '{"data":null}', '{"data":{"id":7}}']) {
      assert.equal(await post(lostHook, body), 204, body);
    }
    // Late, or of another than the one that the job knows to be its own.
    assert.equal(await post(doneHook, completed(done.id)), 204);
    assert.equal(await post(doneHook, completed(running.id)), 204);
    assert.equal(await post(runningHook, completed(done.id)), 204);
    assert.equal(world.google.requests.length, before, 'nobody was asked anything');

    // Foreign to a job that knows none of its own: looked at, and not believed.
    assert.equal(await post(lostHook, completed(running.id)), 204);
    await bot.says(
      ({ job, event }) => event === 'not recognised' && job === jobIn(lost.ask.prompt),
      'that it is not recognised',
    );
    assert.match(lost.ask.message.content, /may have been charged/);
    holds(world, lost.ask, { paid: 1, videos: 0 });

    // The right one still helps, told again as the service does.
    lost.operation.finish();
    running.finish();
    while ((await post(lostHook, own)) !== 204) await new Promise((r) => setTimeout(r, 100));
    await lost.ask.message.becomes(hasVideo);
    await other.message.becomes(hasVideo);
    holds(world, lost.ask, { paid: 1, videos: 1 });
    holds(world, other, { paid: 1, videos: 1 });
    const polls = world.google.polls(lost.operation);
    assert.equal(await post(lostHook, own), 204);
    assert.equal(world.google.polls(lost.operation), polls, 'the late one asked nothing');
  });

  it('lets no job take the operation of another, also where a look tells nothing of whose it is', async () => {
    const options = { model: 'veo-3.1-generate-preview' };
    const other = await somebodyAsks(world, 'a cat that runs', { options });
    await other.message.becomes(says(/Being made/));
    const running = await operationFor(other.prompt);
    world.google.next('submit', 'close-after');
    const lost = await somebodyAsks(world, 'a cat that stays lost', { options });
    await lost.message.becomes(says(/may have been charged/));
    const lostHook = hookOf(await operationFor(lost.prompt));
    assert.equal(await post(lostHook, completed(running.id)), 204);
    await bot.says(
      ({ job, event }) => event === 'not recognised' && job === jobIn(lost.prompt),
      'that it is not recognised',
    );
    running.finish();
    await other.message.becomes(hasVideo);
    holds(world, other, { paid: 1, videos: 1 });
    holds(world, lost, { paid: 1, videos: 0 });
  });

  it('says nothing of its secret or of a hook in the log', () => {
    assert.doesNotMatch(bot.output, /\/hooks\/|hook secret/);
  });
});

describe('a bot that cannot be reached from outside', () => {
  it('asks for no webhook, and says why where it was meant to', async () => {
    await using world = await startWorld();
    const line =
      'the video service is not asked to tell when a video is done, nor are there links: OPS_PORT is 0';
    const bot = await world.startBot({ PUBLIC_URL: 'https://bot.example' });
    assert.ok(bot.lines.some(({ level, msg }) => level === 'warn' && msg === line));
    const ask = await somebodyAsks(world, 'a fox without a hook');
    await ask.message.becomes(hasVideo);
    const [operation] = world.google.operations;
    assert.deepEqual(Object.keys(operation?.request ?? {}).toSorted(), [
      'background',
      'input',
      'model',
      'response_format',
      'store',
    ]);
  });
});
