import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { HookAddresses, isPrivateWay } from '../../src/ops/hookAddress.ts';
import { createHooks } from '../../src/ops/hooks.ts';
import { createOps } from '../../src/ops/server.ts';
import { newSecret } from '../../src/ops/signedPaths.ts';

const JOB = '8f3k0000';
const secret = newSecret();

describe('the address of a hook', () => {
  const addresses = new HookAddresses('https://bot.example', secret);
  const pathOf = (address: string) => new URL(address).pathname;

  it('names the job and proves that we gave it out, the same after a restart', () => {
    const address = addresses.of(JOB);
    assert.match(address, /^https:\/\/bot\.example\/hooks\/8f3k0000\.[\w-]{32}$/);
    const restarted = new HookAddresses('https://bot.example/', secret);
    assert.equal(restarted.of(JOB), address);
    assert.equal(restarted.jobIn(pathOf(address)), JOB);
  });

  it('is another one for every job and every installation', () => {
    const others = [addresses.of('8f3k0001'), new HookAddresses('https://b', newSecret()).of(JOB)];
    const proofs = [addresses.of(JOB), ...others].map((address) => address.split('.').at(-1));
    assert.equal(new Set(proofs).size, 3);
    assert.equal(Buffer.from(newSecret(), 'base64url').length, 32);
    assert.notEqual(newSecret(), newSecret());
  });

  it('is known with and without the path that a reverse proxy may take off', () => {
    const below = new HookAddresses('https://bot.example/veo/', secret);
    const path = pathOf(below.of(JOB));
    assert.ok(path.startsWith('/veo/hooks/'));
    assert.equal(below.jobIn(path), JOB);
    assert.equal(below.jobIn(path.slice('/veo'.length)), JOB);
    assert.ok(below.has(path) && below.has('/hooks/'));
    assert.ok(!below.has('/veohooks/') && !below.has('/healthz') && !addresses.has(path));
  });

  it('is no other text', () => {
    const path = pathOf(addresses.of(JOB));
    const proof = path.split('.')[1] ?? '';
    for (const other of [
      '/hooks/',
      `/hooks/${JOB}`,
      `/hooks/${JOB}.`,
      `/hooks/${JOB}.${proof.slice(1)}`,
      `/hooks/${JOB}.${proof}A`,
      `/hooks/${JOB}.${proof.toLowerCase()}A`.slice(0, path.length),
      `/hooks/8f3k0001.${proof}`,
      `/hooks/.${proof}`,
      `${path}/`,
      `${path}\n`,
      `/${path}`,
      path.toUpperCase(),
      path.replace(JOB, '%38f3k0000'),
      path.replace('/hooks/', '/hooks/../hooks/'),
      `http://bot.example${path}`,
    ]) {
      assert.equal(addresses.jobIn(other), null, other);
    }
  });

  it('is given out for a way that nobody reads on, and for this machine', () => {
    for (const url of ['https://bot.example', 'http://127.0.0.1:9464', 'http://localhost:1']) {
      assert.ok(isPrivateWay(url), url);
    }
    for (const url of ['http://bot.example', 'http://localhost.example', 'http://10.0.0.1']) {
      assert.ok(!isPrivateWay(url), url);
    }
  });
});

describe('a delivery', () => {
  async function opened() {
    const heard: [string, string | null][] = [];
    const faults: unknown[] = [];
    const unknown: number[] = [];
    const addresses = new HookAddresses('http://127.0.0.1', secret);
    const taking = { answer: async (): Promise<'taken' | 'later'> => 'taken' };
    const hooks = createHooks({
      addresses,
      told: (jobId, name) => {
        heard.push([jobId, name]);
        return taking.answer();
      },
      onFault: (error) => faults.push(error),
      onUnknown: (count) => unknown.push(count),
    });
    const ops = createOps({
      ...{ host: '127.0.0.1', port: 0, hooks },
      ...{ checks: () => ({}), ready: () => ({}) },
    });
    await ops.start();
    const base = ops.url() ?? '';
    const path = new URL(addresses.of(JOB)).pathname;
    return {
      ...{ ops, heard, faults, unknown, taking, base, path, hook: base + path },
      [Symbol.asyncDispose]: () => ops.stop(),
    };
  }

  async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const answer = await fetch(url, { method: 'POST', body });
    await answer.arrayBuffer();
    return answer;
  }

  it('is taken in every form that is documented, and the name is all that is read of it', async () => {
    await using it = await opened();
    const uri = 'https://generativelanguage.googleapis.com/v1beta/files/abc:download?alt=media';
    const veo = 'models/veo-3.1-generate-preview/operations/s8fo';
    const bodies: [unknown, string | null][] = [
      [{ type: 'interaction.completed', version: 'v1', data: { id: 'v1_Ch/é' } }, 'v1_Ch/é'],
      [{ type: 'interaction.failed', data: { id: 'v1_x', error_code: '13' } }, 'v1_x'],
      [{ type: 'video.generated', data: { id: veo, output_file_uri: uri } }, veo],
      [{ type: 'video.generated', data: { id: veo, video_uri: uri } }, veo],
      [{ type: 'video.generated', data: { video_uri: uri } }, null],
      [{ data: { id: 'x'.repeat(301) } }, null],
      [{ data: { id: 'v1_\u0000' } }, null],
      [{ data: { id: '' } }, null],
      [{ data: { id: { id: 'v1_x' } } }, null],
      [{ data: ['v1_x'] }, null],
      [7, null],
    ];
    for (const [body] of bodies) {
      assert.equal((await post(it.hook, JSON.stringify(body))).status, 204);
    }
    assert.equal((await post(it.hook, '{"data":{"id":"v1_x"')).status, 204);
    assert.equal((await post(it.hook, new Uint8Array([0xff, 0xfe, 0]))).status, 204);
    const names = [...bodies.map(([, name]) => name), null, null];
    assert.deepEqual(
      it.heard,
      names.map((name) => [JOB, name]),
    );
  });

  it('to an address we never gave out is counted and nothing else, however many come', async () => {
    await using it = await opened();
    const forged = `${it.base}/hooks/${JOB}.${'A'.repeat(32)}`;
    const answers = await Promise.all(Array.from({ length: 300 }, () => post(forged, 'x')));
    assert.ok(answers.every(({ status }) => status === 404));
    assert.deepEqual(it.heard, []);
    assert.deepEqual(it.unknown, []);
    await it.ops.stop();
    assert.deepEqual(it.unknown, [300]);
  });

  it('comes by POST', async () => {
    await using it = await opened();
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await fetch(it.hook, { method });
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'], method);
    }
    assert.deepEqual(it.heard, []);
    assert.equal((await post(`${it.hook}?again=1`, '')).status, 204);
  });

  it('that is too large is not read to its end, announced or not', async () => {
    await using it = await opened();
    const port = Number(new URL(it.base).port);
    const announced = connect(port, '127.0.0.1');
    announced.write(`POST ${it.path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n`);
    const [said] = (await once(announced, 'data')) as [Buffer];
    assert.match(said.toString(), /^HTTP\/1\.1 413 /);
    announced.destroy();

    const unsaid = connect(port, '127.0.0.1');
    unsaid.on('error', () => {});
    unsaid.write(`POST ${it.path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const endless = setInterval(() => unsaid.write(chunk), 1);
    await new Promise((ended) => unsaid.once('close', ended));
    clearInterval(endless);
    assert.deepEqual(it.heard, []);
    const whole = JSON.stringify({ data: { id: 'v1_x', more: 'x'.repeat(65_000) } });
    assert.equal((await post(it.hook, whole)).status, 204);
  });

  it('that breaks off tells nothing', async () => {
    await using it = await opened();
    const socket = connect(Number(new URL(it.base).port), '127.0.0.1');
    socket.write(`POST ${it.path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"data"`);
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    assert.equal((await post(it.hook, '')).status, 204);
    assert.deepEqual(it.heard, [[JOB, null]]);
  });

  it('is asked for again where it came too soon or could not be kept', async () => {
    await using it = await opened();
    it.taking.answer = async () => 'later';
    const soon = await post(it.hook, '');
    assert.deepEqual([soon.status, soon.headers.get('retry-after')], [429, '3']);
    const full = new Error('no room');
    it.taking.answer = () => Promise.reject(full);
    assert.equal((await post(it.hook, '')).status, 503);
    assert.deepEqual(it.faults, [full]);
  });

  it('is written down before the server has stopped', async () => {
    await using it = await opened();
    const kept = Promise.withResolvers<'taken'>();
    const begun = Promise.withResolvers<void>();
    it.taking.answer = () => {
      begun.resolve();
      return kept.promise;
    };
    const told = post(it.hook, '').catch(() => {});
    await begun.promise;
    let isStopped = false;
    const stopped = it.ops.stop().then(() => {
      isStopped = true;
    });
    await told;
    assert.equal(isStopped, false);
    kept.resolve('taken');
    await stopped;
  });
});
