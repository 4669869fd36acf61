import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Limit } from '../../src/jobs/money/spending.ts';
import { type Channel, file, type Member } from '../sandbox/discord/discord.ts';
import { type Running, type RunningPlan, running, veo } from './running.ts';

/** A job that waits, with its picture in the channel. */
async function waiting(
  at: Running,
  by: Member = at.ann,
  where?: { in: Channel; userInstall?: boolean },
) {
  const typed = await by.types('/veo', { prompt: 'a cat' }, where ?? { in: at.channel });
  const message = await typed.reply();
  const job = await at.changed(
    ({ state, reply }) => state === 'queued' && reply.interactionId === typed.id,
  );
  await at.show(job);
  await message.becomes(({ thinking }) => !thinking);
  return { message, job };
}

/** One that the service takes part in already, so that only it can stop it. */
async function making(at: Running, by?: Member, where?: { in: Channel; userInstall?: boolean }) {
  const { message, job } = await waiting(at, by, where);
  const submitting = await at.writer.write(job, () => ({
    at: Date.now(),
    to: {
      ...{ state: 'submitting', startedAt: Date.now(), deadlineAt: Date.now() + 60_000 },
      ...{ cancelAsked: false, told: null },
    },
    attempts: 0,
    note: { event: 'submit' },
  }));
  assert.ok(submitting);
  await at.show(submitting);
  return { message, job: submitting };
}

/** One whose paid call was lost: it offers to be run again. */
async function lost(at: Running) {
  const { message, job } = await making(at);
  const microUsd = job.request.priceMicroUsd;
  const unconfirmed = await at.writer.write(job, () => ({
    at: Date.now(),
    to: {
      state: 'unconfirmed',
      startedAt: Date.now(),
      charge: { kind: 'may have been charged', microUsd },
      told: null,
      dueAt: null,
    },
    attempts: 0,
    money: { kind: 'maybe', microUsd, countsForMember: false },
    note: { event: 'answer lost' },
  }));
  assert.ok(unconfirmed);
  await at.show(unconfirmed);
  await message.becomes(({ buttons }) =>
    buttons.some(({ label }) => label.startsWith('Run again')),
  );
  return { message, job: unconfirmed };
}

const oneADay: Limit = { scope: 'member', period: 'day', maxMicroUsd: null, maxVideos: 1 };

describe('Cancel', () => {
  it('pressed by the requester ends a waiting job and says so in the message', async () => {
    await using at = await running();
    const { message } = await waiting(at);
    const press = await at.ann.presses(message, 'Cancel');
    await message.becomes(({ content }) => /Cancelled.*Not charged/.test(content));
    assert.equal((await press.acknowledged).type, 6);
    assert.deepEqual(message.buttons, []);
    assert.deepEqual(press.followUps, []);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('pressed by somebody else does nothing but say whose it is, privately', async () => {
    await using at = await running();
    const { message, job } = await waiting(at);
    const press = await at.bob.presses(message, 'Cancel');
    const words = await press.nextFollowUp();
    assert.match(words.content, /^Only the member who asked for this video/);
    assert.ok(words.ephemeral);
    assert.equal((await at.store.find(job.id))?.state, 'queued');
  });

  it('pressed by an admin of the bot cancels too', async () => {
    const adminUserIds: string[] = [];
    await using at = await running({ adminUserIds });
    adminUserIds.push(at.bob.id);
    const { message } = await waiting(at);
    await at.bob.presses(message, 'Cancel');
    const job = await at.changed(({ state }) => state === 'cancelled');
    assert.ok(job.state === 'cancelled' && job.why === 'by admin');
  });

  it('of a submitted job says privately that it may still be charged', async () => {
    await using at = await running();
    const { message, job } = await making(at);
    const words = await (await at.ann.presses(message, 'Cancel')).nextFollowUp();
    assert.match(words.content, /being asked to stop. It may still charge for it \(\$0\.56\)/);
    assert.ok(words.ephemeral);
    const stopping = await at.store.find(job.id);
    assert.ok(stopping?.state === 'submitting' && stopping.cancelAsked);
    assert.equal(stopping.reply.interactionId, job.reply.interactionId);
  });

  it('hands the fresh token to a job whose message only a token reaches', async () => {
    await using at = await running();
    const server = at.sandbox.createServer({ name: 'elsewhere', botIsMember: false });
    const room = server.createChannel({ name: 'room' });
    server.join(at.ann);
    const { message, job } = await making(at, at.ann, { in: room, userInstall: true });
    const press = await at.ann.presses(message, 'Cancel');
    await press.nextFollowUp();
    const after = await at.store.find(job.id);
    assert.equal(after?.reply.token, press.token);
    assert.equal(after?.reply.messageId, message.id);
  });

  it('pressed twice at once is answered twice and cancelled once', async () => {
    await using at = await running();
    const { message, job } = await waiting(at);
    const presses = await Promise.all([
      at.ann.presses(message, 'Cancel'),
      at.ann.presses(message, 'Cancel'),
    ]);
    for (const press of presses) await press.acknowledged;
    await message.becomes(({ buttons }) => buttons.length === 0);
    const history = await at.store.history(job.id);
    assert.equal(history.filter(({ state }) => state === 'cancelled').length, 1);
  });
});

describe('Run again', () => {
  it('makes a new message with a new job that names the old one', async () => {
    await using at = await running();
    const { message, job } = await lost(at);
    const press = await at.ann.presses(message, 'Run again');
    const reply = await press.reply();
    assert.equal((await press.acknowledged).type, 5);
    assert.notEqual(reply.id, message.id);
    const again = await at.changed(({ runAgainOf }) => runAgainOf === job.id);
    assert.equal(again.request.prompt, 'a cat');
    assert.equal(again.reply.messageId, reply.id);
  });

  it("pressed by another member is that member's own job", async () => {
    await using at = await running({ limits: [oneADay] });
    const { message, job } = await lost(at);
    await at.bob.presses(message, 'Run again');
    const again = await at.changed(({ runAgainOf }) => runAgainOf === job.id);
    assert.equal(again.requester.userId, at.bob.id);
    const refused = await (await at.bob.presses(message, 'Run again')).acknowledged;
    assert.equal(refused.type, 6, 'a double click is taken quietly');
  });

  it('pressed twice at once is one job, and both presses are answered', async () => {
    await using at = await running();
    const { message, job } = await lost(at);
    const presses = await Promise.all([
      at.ann.presses(message, 'Run again'),
      at.ann.presses(message, 'Run again'),
    ]);
    const types = await Promise.all(presses.map(async (press) => (await press.acknowledged).type));
    assert.deepEqual(types.toSorted(), [5, 6]);
    const again = (await at.jobs()).filter(({ runAgainOf }) => runAgainOf === job.id);
    assert.equal(again.length, 1);
  });

  it('pressed twice is one job, also where that has ended before the second press', async () => {
    await using at = await running({ options: { monotonic: () => 0 } });
    const { message, job } = await lost(at);
    const reply = await (await at.ann.presses(message, 'Run again')).reply();
    const again = await at.changed(
      ({ runAgainOf, state }) => runAgainOf === job.id && state === 'queued',
    );
    await at.show(again);
    await reply.becomes(({ buttons }) => buttons.length > 0);
    await at.ann.presses(reply, 'Cancel');
    await at.changed(({ id, state }) => id === again.id && state === 'cancelled');
    const second = await at.ann.presses(message, 'Run again');
    assert.equal((await second.acknowledged).type, 6);
    const all = (await at.jobs()).filter(({ runAgainOf }) => runAgainOf === job.id);
    assert.deepEqual(
      all.map(({ id }) => id),
      [again.id],
    );
  });

  it('above the limit is refused in words, privately', async () => {
    await using at = await running();
    const { message } = await lost(at);
    await at.book.set({ ...oneADay, scope: 'bot' }, null, at.bob.id, Date.now());
    const words = await (await at.bob.presses(message, 'Run again')).reply();
    assert.match(
      words.content,
      /^🧾 The bot's number of videos today is used up\. Nothing charged\./,
    );
    assert.ok(words.ephemeral);
  });
});

describe('Make it', () => {
  it('on an offer that only one person sees says so once it was taken', async () => {
    await using at = await running();
    const picture = file(new Uint8Array(2_000), 'cat.png');
    const said = at.bob.says('look', { in: at.channel, files: [picture] });
    const offer = await (await at.ann.chooses('Animate this image', said)).reply();
    const first = await at.ann.presses(offer, 'Make it $0.56');
    assert.equal((await first.reply()).ephemeral, false);
    const words = await (await at.ann.presses(offer, 'Make it $0.56')).reply();
    assert.match(words.content, /taken already.*Nothing is charged twice/);
    assert.ok(words.ephemeral);
    assert.equal((await at.store.jobsOf(at.ann.id, 0, 10)).length, 1);
  });

  it('whose press Discord did not take can be pressed again, and is one job then', async () => {
    await using at = await running();
    at.ann.dm.says('a fox');
    const offer = await at.ann.dm.nextMessage(({ buttons }) => buttons.length > 0);
    const body = { code: 10062, message: 'Unknown interaction' };
    for (const answer of [
      { status: 404, body },
      { status: 404, body },
    ] as const) {
      at.sandbox.fault({ on: 'acknowledge', when: 'before', times: 1, answer });
      const press = await at.ann.presses(offer, 'Make it $0.56');
      await at.changed(
        ({ state, reply }) => state === 'cancelled' && reply.interactionId === press.id,
      );
    }
    await Promise.all([
      at.ann.presses(offer, 'Make it $0.56'),
      at.ann.presses(offer, 'Make it $0.56'),
    ]);
    await at.changed(({ state }) => state === 'queued' || state === 'gathering');
    const jobs = await at.jobs();
    assert.deepEqual(
      jobs.map(({ state }) => state).filter((state) => state !== 'cancelled'),
      ['queued'],
    );
  });
});

describe('Show result', () => {
  it('pressed while the video is still being made hands over its token and says so', async () => {
    await using at = await running();
    const server = at.sandbox.createServer({ name: 'elsewhere', botIsMember: false });
    const room = server.createChannel({ name: 'room' });
    server.join(at.ann, at.bob);
    const { message, job } = await waiting(at, at.ann, { in: room, userInstall: true });
    const stranger = await at.bob.presses(message, 'Show result').catch(() => null);
    if (stranger !== null) {
      assert.match((await stranger.nextFollowUp()).content, /^Only the member who asked/);
    }
    const press = await at.ann.presses(message, 'Show result');
    const words = await press.nextFollowUp();
    assert.match(words.content, /still being made/);
    assert.ok(words.ephemeral);
    assert.equal((await at.store.find(job.id))?.reply.token, press.token);
  });
});

describe('a button that cannot work any more', () => {
  const old: [string, RegExp][] = [
    ['cancel:zzzzzzzz', /not known here any more/],
    ['again:zzzzzzzz', /not known here any more/],
    ['show:zzzzzzzz', /not known here any more/],
    ['start:nothing', /offer has run out/],
    ['enlarge:zzzzzzzz', /another version of the bot/],
    ['v1|retry|123', /another version of the bot/],
  ];
  for (const [customId, words] of old) {
    it(`answers in words, privately: ${customId}`, async () => {
      await using at = await running();
      const { message } = await waiting(at);
      const button = { type: 2, style: 2, label: 'Old', custom_id: customId };
      message.components = [{ type: 1, components: [button] }];
      const press = await at.ann.presses(message, 'Old');
      const { type } = await press.acknowledged;
      const answer = type === 4 ? await press.reply() : await press.nextFollowUp();
      assert.match(answer.content, words);
      assert.match(answer.content, /Nothing charged/);
      assert.ok(answer.ephemeral);
    });
  }

  it('names what goes instead when its model is gone', async () => {
    const models: NonNullable<RunningPlan['models']>[number][] = [veo];
    await using at = await running({ models });
    const { message } = await lost(at);
    models.splice(0, 1, { ...veo, id: 'veo-4', name: 'Veo 4' });
    const press = await at.ann.presses(message, 'Run again');
    const answer = await press.reply();
    assert.match(
      answer.content,
      /no model "veo-3\.1" here any more\. Nothing charged\. Choose Veo 4/,
    );
  });
});
