import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AdminStatus } from '../../src/discord/admins/adminView.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import { running } from './running.ts';

const memberDay: Limit = {
  scope: 'member',
  period: 'day',
  maxMicroUsd: 1_000_000,
  maxVideos: null,
};

const nothing = { chargedMicroUsd: 0, reservedMicroUsd: 0, maybeMicroUsd: 0 };
const status: AdminStatus = {
  version: '1.4.0',
  startedAt: 0,
  now: 3 * 86_400_000,
  proxy: { up: true, version: '1.102.4', models: 3 },
  overview: {
    byState: {
      received: 0,
      gathering: 0,
      queued: 1,
      submitting: 0,
      generating: 2,
      cancelling: 0,
      downloading: 0,
      shrinking: 0,
      delivering: 0,
      delivered: 7,
      undelivered: 0,
      unconfirmed: 0,
      failed: 0,
      cancelled: 0,
    },
    oldestUnfinished: null,
    day: { ...nothing, videos: 7, declined: 1, failed: 0 },
    month: { ...nothing, videos: 30, declined: 4, failed: 1 },
    unsettled: 0,
    lookAt: [],
  },
  limits: [],
  freeBytes: 12e9,
  paused: null,
  pausedParts: [],
  notOffered: [],
  alarms: [],
  clockAheadMs: null,
};

describe('/veo', () => {
  it('makes one job with everything that was chosen, and acknowledges it', async () => {
    await using at = await running();
    const typed = await at.ann.types(
      '/veo',
      { prompt: 'a cat', model: 'veo-3.1', duration: 8, aspect: '9:16', resolution: '1080p' },
      { in: at.channel },
    );
    const reply = await typed.reply();
    assert.equal((await typed.acknowledged).type, 5);
    assert.ok(reply.thinking && !reply.ephemeral);
    const job = await at.changed(({ state }) => state === 'queued');
    assert.equal((await at.jobs()).length, 1);
    assert.equal(job.origin, `interaction:${typed.id}`);
    assert.deepEqual(
      [job.request.modelId, job.request.seconds, job.request.aspectRatio, job.request.resolution],
      ['veo-3.1', 8, '9:16', '1080p'],
    );
    assert.equal(job.requester.userId, at.ann.id);
    assert.equal(job.reply.place, 'server');
    assert.equal(job.reply.channelId, at.channel.id);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('refuses what the model does not make, privately and before anything is paid', async () => {
    await using at = await running();
    const options = { prompt: 'a cat', model: 'veo-3.1', duration: 4, resolution: '1080p' };
    const reply = await (await at.ann.types('/veo', options, { in: at.channel })).reply();
    assert.equal(reply.content, '1080p needs 8 s on Veo 3.1. Nothing charged.');
    assert.ok(reply.ephemeral);
    assert.deepEqual(await at.jobs(), []);
  });

  it('refuses a prompt that nobody can see', async () => {
    await using at = await running();
    for (const prompt of ['\u200b\u200b', '\u2063 \ufe0f']) {
      const typed = await at.ann.types('/veo', { prompt }, { in: at.channel });
      const reply = await typed.reply();
      assert.match(reply.content, /nothing to see in this prompt.*Nothing charged/s);
      assert.ok(reply.ephemeral);
    }
    assert.deepEqual(await at.jobs(), []);
  });

  it('refuses above the limit of the member, says what is left, and lets others through', async () => {
    await using at = await running({ limits: [memberDay] });
    const ask = (who: typeof at.ann) => who.types('/veo', { prompt: 'a cat' }, { in: at.channel });
    await (await ask(at.ann)).reply();
    const refused = await (await ask(at.ann)).reply();
    assert.match(
      refused.content,
      /^You have \$0\.44 left today \(limit \$1\.00\), this costs \$0\.56\. Nothing charged\. Back <t:\d+:f>\.$/,
    );
    assert.ok(refused.ephemeral);
    assert.ok((await (await ask(at.bob)).reply()).thinking);
    assert.equal((await at.jobs()).length, 2);
  });

  it('starts nothing when the acknowledgement comes too late', async () => {
    await using at = await running();
    at.sandbox.fault({
      on: 'acknowledge',
      times: 1,
      when: 'before',
      answer: { status: 404, body: { message: 'Unknown interaction', code: 10062 } },
    });
    await at.ann.types('/veo', { prompt: 'a cat' }, { in: at.channel });
    const event = await at.happened(({ kind }) => kind === 'not answered');
    assert.ok(event.kind === 'not answered');
    assert.equal(event.how, '10062');
    const job = await at.changed(({ state }) => state === 'cancelled');
    assert.ok(job.state === 'cancelled');
    assert.deepEqual([job.why, job.charge.kind], ['never acknowledged', 'not charged']);
    const next = await at.ann.types('/veo', { prompt: 'a dog' }, { in: at.channel });
    assert.ok((await next.reply()).thinking);
  });

  it('is one job when the event comes twice', async () => {
    await using at = await running();
    at.sandbox.gateway.sendTwice('INTERACTION_CREATE');
    await (await at.ann.types('/veo', { prompt: 'a cat' }, { in: at.channel })).reply();
    await (await at.ann.types('/veo', { prompt: 'a dog' }, { in: at.channel })).reply();
    const prompts = (await at.jobs()).map((job) => job.request.prompt);
    assert.deepEqual(prompts.toSorted(), ['a cat', 'a dog']);
    const acknowledged = at.sandbox.journal.filter(({ route }) => route.endsWith('/callback'));
    assert.equal(acknowledged.length, 2);
  });

  it('works in a DM, and where only the member installed the bot', async () => {
    await using at = await running();
    const strange = at.sandbox.createServer({ name: 'elsewhere', botIsMember: false });
    const room = strange.createChannel({ name: 'room' });
    strange.join(at.ann);
    const places = [
      { in: at.ann.dm },
      { in: room, userInstall: true },
      { in: at.sandbox.createGroup('friends', [at.ann, at.bob]), userInstall: true },
    ];
    for (const place of places) {
      await (await at.ann.types('/veo', { prompt: 'a cat' }, place)).reply();
    }
    const found = new Map((await at.jobs()).map(({ reply }) => [reply.channelId, reply.place]));
    assert.deepEqual(
      places.map(({ in: { id } }) => found.get(id)),
      ['dm', 'elsewhere', 'elsewhere'],
    );
  });
});

describe('/veo-admin status', () => {
  it('is refused to whoever is no admin of the bot, whatever the server allows', async () => {
    await using at = await running({ status: async () => status });
    const owner = at.sandbox.createMember({ name: 'owner', in: at.server, admin: true });
    const reply = await (await owner.types('/veo-admin status', {}, { in: at.channel })).reply();
    assert.match(reply.content, /for the admins of the whole bot/);
    assert.ok(reply.ephemeral);
  });

  it('tells an admin privately how things stand', async () => {
    const adminUserIds: string[] = [];
    await using at = await running({ status: async () => status, adminUserIds });
    const admin = at.sandbox.createMember({ name: 'eve', in: at.server, admin: true });
    adminUserIds.push(admin.id);
    const reply = await (await admin.types('/veo-admin status', {}, { in: at.channel })).reply();
    assert.ok(reply.ephemeral);
    const text = reply.content.replace(/ \d+ ms/, ''); // the ping, once it is known
    assert.equal(
      text,
      [
        '✅ Nothing needs you.',
        '',
        'veo-bot 1.4.0 · up 3 days · gateway ok · proxy ok (LiteLLM 1\\.102.4, 3 models) · 12 GB free',
        '**Jobs** 2 being made · 1 waiting · 0 on the way · 0 undelivered · 0 may have been charged',
        '**Today** $0.00 · 7 videos · 1 declined · 0 failed',
        '**Month** $0.00 · 30 videos · 4 declined · 1 failed',
      ].join('\n'),
    );
  });
});
