/** `/veo-admin deliver`: never a second time by itself, and never for money. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Job, NewJob, State } from '../../src/jobs/job.ts';
import { stateOf } from '../../src/jobs/states.ts';
import { bringTo, sampleReply, sampleRequest, sampleVideo } from '../jobs/samples.ts';
import { withAdmins } from './asAdmin.ts';

type With = Awaited<ReturnType<typeof withAdmins>>;

async function kept(
  { at }: With,
  state: 'delivered' | 'undelivered',
  own: Record<string, unknown> = {},
  over: Partial<NewJob> = {},
) {
  const video = {
    ...sampleVideo,
    name: `${Math.random().toString(36).slice(2)}.mp4`,
    sizeBytes: 9,
  };
  await writeFile(join(at.folder, video.name), 'its bytes');
  const reply = sampleReply({ guildId: at.server.id, channelId: at.channel.id });
  const reason = state === 'undelivered' ? { reason: 'unreachable' } : {};
  const more = { video, ...reason, ...own } as object;
  return bringTo(at.store, state, { reply, ...over }, more);
}

describe('/veo-admin deliver', () => {
  it('sends what was not delivered into its own place, looking there first, once', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const { id } = await kept(with_, 'undelivered');
    const before = await at.store.overview({ dayAt: 0, monthAt: 0 });
    assert.match(await with_.says(admin, 'deliver', { id: id.toUpperCase() }), /is on its way/);
    const job = await at.store.find(id);
    assert.ok(job?.state === 'delivering');
    assert.deepEqual([job.rung, job.attempts], ['new message', 1]);
    assert.match(await with_.says(admin, 'deliver', { id }), /being delivered already/);
    assert.equal((await at.store.find(id))?.revision, job.revision);
    const last = (await at.store.history(id)).at(-1);
    assert.deepEqual(last, {
      ...{ at: job.changedAt, state: 'delivering', event: 'delivered again by an admin' },
      detail: { by: admin.id, reason: 'unreachable' },
    });
    const after = await at.store.overview({ dayAt: 0, monthAt: 0 });
    assert.deepEqual(after.month, before.month);
  });

  it('goes by direct message where only a token reached the reply', async () => {
    await using with_ = await withAdmins();
    const reply = sampleReply({ place: 'elsewhere' });
    const { id } = await kept(with_, 'undelivered', {}, { reply });
    assert.match(await with_.says(with_.admin, 'deliver', { id }), /is on its way/);
    const job = await with_.at.store.find(id);
    assert.ok(job?.state === 'delivering' && job.rung === 'direct message');
  });

  it('keeps to its member what was asked for privately, whatever is known of its message', async () => {
    await using with_ = await withAdmins();
    const { at, admin, owner } = with_;
    const request = sampleRequest({ private: true });
    const waits = await kept(with_, 'undelivered', {}, { request });
    assert.match(await with_.says(admin, 'deliver', { id: waits.id }), /is on its way/);
    const job = await at.store.find(waits.id);
    assert.ok(job?.state === 'delivering' && job.rung === 'direct message');
    const { id } = await kept(with_, 'delivered', {}, { request });
    assert.match(await with_.says(owner, 'deliver', { id }), /alone/);
  });

  it('shows a copy of what was delivered to the admin alone, and changes nothing', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const job = await kept(with_, 'delivered');
    const shown = await with_.asks(admin, 'deliver', { id: job.id });
    await shown.becomes(({ attachments }) => attachments.length === 1);
    assert.ok(shown.ephemeral);
    assert.deepEqual(await at.store.find(job.id), job);
    assert.deepEqual(at.channel.messages, []);
  });

  it('is for the admins of the bot, and of the server for what was asked for there', async () => {
    await using with_ = await withAdmins();
    const { at, owner, member } = with_;
    const elsewhere = await kept(with_, 'undelivered', {}, { reply: sampleReply() });
    const here = await kept(with_, 'undelivered');
    for (const id of [elsewhere.id, here.id]) {
      assert.match(await with_.says(member, 'deliver', { id }), /admins of this bot only/);
    }
    assert.match(await with_.says(owner, 'deliver', { id: elsewhere.id }), /There is no video/);
    assert.equal((await at.store.find(elsewhere.id))?.state, 'undelivered');
    assert.match(await with_.says(owner, 'deliver', { id: here.id }), /is on its way/);
  });

  it('shows what its member alone sees to the admins of the bot, not to those of the server', async () => {
    await using with_ = await withAdmins();
    const { at, owner, admin } = with_;
    const { id: guildId } = at.server;
    const reply = sampleReply({ guildId, channelId: at.channel.id, ephemeral: true });
    const { id } = await kept(with_, 'delivered', {}, { reply });
    assert.match(await with_.says(owner, 'deliver', { id }), /its member alone sees it/);
    const shown = await with_.asks(admin, 'deliver', { id });
    await shown.becomes(({ attachments }) => attachments.length === 1);
  });

  it('says why where it does nothing, and then does nothing', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const cases: [{ id: string; revision: number }, RegExp][] = [];
    for (const state of ['queued', 'generating'] as const satisfies State[]) {
      cases.push([await bringTo(at.store, state), /is delivered by itself once it is made/]);
    }
    for (const state of ['failed', 'unconfirmed', 'cancelled'] as const satisfies State[]) {
      cases.push([await bringTo(at.store, state), /nothing to deliver/]);
    }
    const gone = await kept(with_, 'undelivered');
    await rm(join(at.folder, gone.video.name));
    cases.push([gone, /is not kept any more/]);
    cases.push([await kept(with_, 'undelivered', { keptUntilAt: null }), /is not kept any more/]);
    const removed = { reason: 'removed by requester' };
    cases.push([await kept(with_, 'undelivered', removed), /deleted the message/]);
    for (const [{ id, revision }, words] of cases) {
      assert.match(await with_.says(admin, 'deliver', { id }), words);
      assert.equal((await at.store.find(id))?.revision, revision);
    }
    assert.match(await with_.says(admin, 'deliver', { id: 'nothing0' }), /There is no video/);
  });

  it('sends no second one where the first may be in a reply that only its member can read', async () => {
    await using with_ = await withAdmins();
    const { at, admin } = with_;
    const reply = sampleReply({ place: 'elsewhere' });
    const job = await kept(with_, 'undelivered', {}, { reply });
    const tried = await at.store.apply(job, {
      at: job.changedAt,
      to: stateOf<Job>(job),
      attempts: 3,
      note: { event: 'tried' },
    });
    assert.match(await with_.says(admin, 'deliver', { id: job.id }), /may have arrived in a reply/);
    assert.equal((await at.store.find(job.id))?.revision, tried?.revision);
  });
});
