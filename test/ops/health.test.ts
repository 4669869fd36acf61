import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Health } from '../../src/ops/health.ts';

const minute = 60_000;

describe('health', () => {
  let now = 0;
  let connected = true;
  let turnedAt: number | null = null;
  let writes: string[] = [];
  let write: () => Promise<void> = async () => {};
  let health: Health;
  beforeEach(() => {
    [now, connected, turnedAt, writes] = [1_000, true, null, []];
    write = async () => {};
    health = new Health({
      store: {
        remember: async (key) => {
          writes.push(key);
          await write();
        },
      },
      clock: { monotonic: () => now, wall: () => 0 },
      isConnected: () => connected,
      turnedAt: () => turnedAt,
    });
  });

  it('is well before anything has begun', async () => {
    connected = false;
    assert.deepEqual(await health.checks(), { gateway: true, database: true, runner: true });
  });

  it('lets the gateway be away for minutes, not for longer, and counts from when it was lost', async () => {
    health.noteGateway();
    now += 60 * minute;
    connected = false;
    health.noteGateway();
    now += 4 * minute;
    assert.equal((await health.checks()).gateway, true);
    now += 2 * minute;
    assert.equal((await health.checks()).gateway, false);
    connected = true;
    assert.equal((await health.checks()).gateway, true);
    connected = false;
    assert.equal((await health.checks()).gateway, true);
  });

  it('proves that the database can be written, at most every few seconds however often it is asked', async () => {
    write = () => Promise.reject(new Error('disk full'));
    const found = await Promise.all(Array.from({ length: 50 }, () => health.checks()));
    assert.ok(found.every(({ database }) => database === false));
    assert.deepEqual(writes, ['health']);
    write = async () => {};
    assert.equal((await health.checks()).database, false);
    now += 3_000;
    assert.equal((await health.checks()).database, true);
    assert.equal(writes.length, 2);
  });

  it('sees a runner that does not turn any more', async () => {
    turnedAt = now;
    now += minute;
    assert.equal((await health.checks()).runner, true);
    now += minute;
    assert.equal((await health.checks()).runner, false);
  });
});
