/** What admins do with the whole bot and with single jobs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobMessage } from '../../src/discord/text/job.ts';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { steadyClock } from '../../src/jobs/clock.ts';
import { createHints } from '../../src/jobs/hints.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { bringTo, sampleRequest } from '../jobs/samples.ts';
import { type RunningPlan, running } from './running.ts';

async function withAdmin(plan: RunningPlan = {}) {
  const adminUserIds: string[] = [];
  const at = await running({ ...plan, adminUserIds });
  const admin = at.sandbox.createMember({ name: 'eve', in: at.server, admin: true });
  adminUserIds.push(admin.id);
  const says = async (command: string, options: Record<string, string> = {}) => {
    const typed = await admin.types(`/veo-admin ${command}`, options, { in: at.channel });
    const reply = await typed.reply();
    assert.ok(reply.ephemeral);
    return reply.content;
  };
  return { at, admin, says, [Symbol.asyncDispose]: () => at.stop() };
}

describe('steering', () => {
  it('is refused to whoever is no admin of the bot, whatever the server allows', async () => {
    await using with_ = await withAdmin();
    const { at } = with_;
    const owner = at.sandbox.createMember({ name: 'owner', in: at.server, admin: true });
    for (const command of ['settle', 'status']) {
      const options = command === 'settle' ? { id: 'abcdefgh', outcome: 'charged' } : {};
      const typed = await owner.types(`/veo-admin ${command}`, options, { in: at.channel });
      const reply = await typed.reply();
      assert.match(reply.content, /for the admins of the whole bot/);
      assert.ok(reply.ephemeral);
    }
  });
});

describe('/veo-admin pause and resume', () => {
  it('say what holds, keep who and when, and change nothing the second time', async () => {
    await using with_ = await withAdmin();
    const { at, admin, says } = with_;
    assert.match(await says('resume'), /were not paused/);
    assert.match(await says('pause', { reason: 'too *dear*' }), /^⏸️ New videos are paused/);
    assert.match(
      await says('pause', { reason: 'another' }),
      new RegExp(`paused before, by <@${admin.id}> <t:\\d+:R>: too \\\\\\*dear\\\\\\*\\. Nothing`),
    );
    const next = async () => {
      const settings = new Settings(at.store);
      await settings.load();
      return new Pause(settings).now();
    };
    assert.deepEqual(await next(), at.pause.now());
    assert.equal((await next())?.by, admin.id);
    assert.match(await says('resume'), /^▶️ Videos are made again.*None waited/);
    assert.equal(await next(), null);
    assert.match(
      await says('changes'),
      new RegExp(
        `<t:\\d+:f> · the pause of the whole bot, over · whole bot · <@${admin.id}>\\n.* · the pause of the whole bot: “too \\\\\\*dear\\\\\\*” · whole bot · <@${admin.id}>$`,
      ),
    );
  });
});

describe('/veo-admin job and jobs', () => {
  it('tell what happened to a video, and list the newest', async () => {
    await using with_ = await withAdmin();
    const { at, says } = with_;
    assert.equal(await says('jobs'), 'No videos.');
    await (await at.ann.types('/veo', { prompt: 'a *cat*' }, { in: at.channel })).reply();
    const { id } = await at.changed(({ state }) => state === 'queued');
    const words = await says('job', { id: id.toUpperCase() });
    assert.match(words, new RegExp(`^🎞️ Video ${id} · queued\\n> a \\\\\\*cat\\\\\\*\\n`));
    assert.match(words, /received · asked \(\$0\.56\)\n.*queued · acknowledged/);
    assert.match(words, /estimated \$0\.56, still open/);
    assert.match(await says('job', { id: 'nothing0' }), /There is no video "nothing0"/);
    assert.match(
      await says('jobs', { state: 'queued' }),
      new RegExp(`${id} · queued · <@${at.ann.id}>`),
    );
    assert.equal(await says('jobs', { state: 'failed' }), 'No videos, failed.');
  });
});

describe('/veo-admin cancel', () => {
  it('stops the video of anybody, and its history has who did it', async () => {
    await using with_ = await withAdmin();
    const { at, admin, says } = with_;
    await (await at.ann.types('/veo', { prompt: 'a cat' }, { in: at.channel })).reply();
    const { id } = await at.changed(({ state }) => state === 'queued');
    assert.match(await says('cancel', { id }), /^✋ Video \w{8} is cancelled, not charged\./);
    const job = await at.store.find(id);
    assert.ok(job?.state === 'cancelled' && job.why === 'by admin');
    assert.match(
      await says('job', { id }),
      new RegExp(`cancelled \\(why by admin, by ${admin.id}\\)`),
    );
    assert.match(await says('cancel', { id: 'nothing0' }), /There is no video "nothing0"/);
  });
});

describe('/veo-admin settle', () => {
  const maybe = { kind: 'may have been charged', microUsd: 800_000 } as const;
  const overdue = { reason: 'overdue', said: null, operation: null, successor: null } as const;

  /** A video that was being made and is given up: nobody knows what it cost. */
  async function givenUp(store: JobStore, dueAt: number | null): Promise<Job> {
    const job = await bringTo(store, 'generating');
    const failed = await store.apply(job, {
      at: job.changedAt,
      to: { state: 'failed', ...overdue, charge: maybe, dueAt },
      attempts: 0,
      note: { event: 'overdue' },
      money: { kind: 'maybe', microUsd: 800_000, countsForMember: true },
    });
    assert.ok(failed !== null);
    return failed;
  }

  it('closes the money of a video that was given up, or cancelled while it was made', async () => {
    await using with_ = await withAdmin();
    const { at, says } = with_;
    const request = sampleRequest({ canCancel: false });
    const running = await bringTo(at.store, 'generating', { request });
    assert.match(await says('cancel', { id: running.id }), /may have been charged/);
    const open = async () =>
      (await at.store.overview({ dayAt: 0, monthAt: 0 })).month.maybeMicroUsd;
    for (const { id } of [running, await givenUp(at.store, null)]) {
      const before = await open();
      assert.match(await says('settle', { id, outcome: 'charged' }), /settled: \$0\.80 charged/);
      assert.equal(await open(), before - 800_000);
      const job = await at.store.find(id);
      assert.ok(job !== null && 'charge' in job && job.charge.kind === 'charged');
      assert.match(await says('settle', { id, outcome: 'charged' }), /nothing to settle by hand/);
    }
  });

  it('says in the message of one that was cancelled while it was made no more than is true', async () => {
    await using with_ = await withAdmin();
    const { at, says } = with_;
    const request = sampleRequest({ canCancel: false });
    const { id, requester } = await bringTo(at.store, 'generating', { request });
    const { actions } = at;
    await actions.cancel(id, { ...requester, isAdmin: false });
    assert.match(await says('settle', { id, outcome: 'not charged' }), /settled: not charged/);
    const job = (await at.store.find(id)) ?? assert.fail();
    assert.match(jobMessage(job).content, /✋ Cancelled\. Not charged\./);
  });

  it('waits for what the service says of one that it is asked about once more', async () => {
    await using with_ = await withAdmin();
    const { at, says } = with_;
    const job = await givenUp(at.store, Date.now() + 3_600_000);
    assert.match(await says('settle', { id: job.id, outcome: 'charged' }), /once more <t:\d+:R>/);
    assert.deepEqual(await at.store.find(job.id), job);
  });

  for (const outcome of ['charged', 'not charged'] as const) {
    it(`closes the money of a lost answer as ${outcome}, once`, async () => {
      await using with_ = await withAdmin();
      const { at, admin, says } = with_;
      const job = await bringTo(at.store, 'unconfirmed', {}, { told: null, dueAt: null });
      const { id } = job;
      const open = await bringTo(at.store, 'queued');
      const words = outcome === 'charged' ? '$0.80 charged' : 'not charged';
      const answer = await says('settle', { id, outcome });
      assert.ok(answer.startsWith(`🧾 Video ${id} is settled: ${words}.`), answer);
      const { month } = await at.store.overview({ dayAt: 0, monthAt: 0 });
      const charged = outcome === 'charged' ? 800_000 : 0;
      assert.deepEqual([month.chargedMicroUsd, month.maybeMicroUsd], [charged, 0]);
      assert.match(await says('settle', { id, outcome: 'charged' }), /nothing to settle by hand/);
      assert.match(
        await says('settle', { id: open.id, outcome }),
        /is queued\. Nothing was changed/,
      );
      const last = (await at.store.history(id)).at(-1);
      assert.deepEqual(last?.detail, { outcome, by: admin.id });
      // What is told of it later finds its money closed.
      const clock = steadyClock();
      const hints = createHints({ store: at.store, writer: at.writer, clock, hurry: () => {} });
      assert.equal(await hints.told(id, 'operations/late'), 'taken');
      const after = await at.store.find(id);
      assert.ok(after?.state === 'unconfirmed' && after.told === null);
    });
  }
});
