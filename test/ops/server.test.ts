import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { createOps, type OpsOptions, OpsProblem } from '../../src/ops/server.ts';

const well = { host: '127.0.0.1', port: 0, checks: () => ({ database: true }), ready: () => ({}) };

async function opened(options: Partial<OpsOptions> = {}) {
  const ops = createOps({ ...well, ...options });
  await ops.start();
  const url = ops.url();
  assert.ok(url);
  return { ops, url, [Symbol.asyncDispose]: () => ops.stop() };
}

describe('the ops server', () => {
  it('answers 200 with every check while all are well', async () => {
    await using server = await opened({ checks: () => ({ database: true, gateway: true }) });
    const answer = await fetch(`${server.url}/healthz`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    const body = { ok: true, checks: { database: true, gateway: true } };
    assert.deepEqual(await answer.json(), body);
  });

  it('answers 503 and says which check is not, as it is at that moment', async () => {
    let gateway = false;
    await using server = await opened({ checks: () => ({ database: true, gateway }) });
    const bad = await fetch(`${server.url}/healthz?verbose`);
    assert.equal(bad.status, 503);
    const body = { ok: false, checks: { database: true, gateway: false } };
    assert.deepEqual(await bad.json(), body);
    gateway = true;
    const good = await fetch(`${server.url}/healthz`);
    assert.equal(good.status, 200);
    await good.text();
  });

  it('tells being ready apart from being well', async () => {
    await using server = await opened({ ready: () => ({ 'takes commands': false }) });
    const ready = await fetch(`${server.url}/readyz`);
    assert.equal(ready.status, 503);
    assert.deepEqual(await ready.json(), { ok: false, checks: { 'takes commands': false } });
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('answers HEAD without a body, and refuses every other method', async () => {
    await using server = await opened();
    const head = await fetch(`${server.url}/healthz`, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const refused = await fetch(`${server.url}/healthz`, { method });
      assert.equal(refused.status, 405);
      assert.equal(refused.headers.get('allow'), 'GET, HEAD');
      await refused.text();
    }
  });

  it('has no other page', async () => {
    await using server = await opened();
    for (const path of ['/', '/healthz/', '/metrics', '/toString', '/__proto__', '//healthz']) {
      const answer = await fetch(`${server.url}${path}`);
      assert.equal(answer.status, 404, path);
      await answer.text();
    }
  });

  it('is reached on its own address only', async () => {
    await using server = await opened({ host: '127.0.0.1' });
    const { port } = new URL(server.url);
    const socket = connect({ host: '127.0.0.2', port: Number(port) });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
  });

  it('can be started twice and stopped twice, and started again', async () => {
    const ops = createOps(well);
    await ops.stop();
    await Promise.all([ops.start(), ops.start()]);
    const url = ops.url();
    assert.ok(url);
    await ops.start();
    assert.equal(ops.url(), url);
    await Promise.all([ops.stop(), ops.stop()]);
    await ops.stop();
    assert.equal(ops.url(), null);
    await assert.rejects(fetch(`${url}/healthz`));
    await ops.start();
    assert.notEqual(ops.url(), null);
    await ops.stop();
  });

  it('can be stopped while it is being started', async () => {
    const ops = createOps(well);
    const starting = ops.start();
    await ops.stop();
    await starting;
    assert.equal(ops.url(), null);
  });

  it('does not wait for somebody who is connected and says nothing', async () => {
    const { ops, url } = await opened();
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    const cutOff = once(socket, 'close');
    await ops.stop();
    await cutOff;
  });

  it('says in one sentence what to do when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const ops = createOps({ ...well, port });
    await assert.rejects(ops.start(), (error) => {
      assert.ok(error instanceof OpsProblem);
      assert.equal(
        error.message,
        `Port ${port} on 127.0.0.1 is in use by something else: set OPS_PORT to a free port, or to 0 for a bot without health checks.`,
      );
      return true;
    });
    other.close();
    await once(other, 'close');
    await ops.start();
    assert.match(ops.url() ?? '', new RegExp(`:${port}$`));
    await ops.stop();
  });

  it('says in one sentence what to do when its host is not an address of this machine', async () => {
    const ops = createOps({ ...well, host: '192.0.2.1' });
    await assert.rejects(ops.start(), {
      name: 'OpsProblem',
      message: /192\.0\.2\.1: set OPS_HOST/,
    });
  });
});
