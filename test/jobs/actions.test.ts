import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Acknowledge, createActions } from '../../src/jobs/actions.ts';
import type { Job, State } from '../../src/jobs/job.ts';
import { createForgetting } from '../../src/jobs/keeping/forgetting.ts';
import { Models } from '../../src/jobs/models.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import type { Wish } from '../../src/jobs/request.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { stateOf, states } from '../../src/jobs/states.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { simulatedModels } from '../simulation/models.ts';
import { MemoryStore } from '../simulation/store.ts';
import { clockOf, VirtualTime } from '../simulation/time.ts';
import { openHouse } from './openHouse.ts';
import { bringTo, NOON, sampleReply, sampleRequest, utc } from './samples.ts';

const requester = { userId: '1000000000000000001', locale: 'en-US' };
const owner = { userId: requester.userId, isAdmin: false };
const stranger = { userId: '2', isAdmin: false };
const admin = { userId: '3', isAdmin: true };
const wish = { prompt: 'a cat' };
const acknowledged: Acknowledge = async () => ({
  kind: 'acknowledged',
  messageId: '14',
  ephemeral: false,
});

function actionsOver(limits: readonly Limit[] = [], store = new MemoryStore()) {
  const clock = clockOf(new VirtualTime(NOON));
  const writer = new Writer({ store, observe: () => {}, changed: () => {} });
  const removed: string[] = [];
  const files = {
    has: async () => true,
    remove: async (id: string) => void removed.push(id),
  };
  const pictures = { removePictures: async () => {} };
  const models = new Models(simulatedModels);
  const counts = { wakes: 0 };
  const actions = createActions({
    ...{ store, files, writer, clock, models, house: openHouse(models) },
    forgetting: createForgetting({ store, files, pictures, writer, clock }),
    limits: () => limits,
    exempt: () => [],
    confirmAboveMicroUsd: () => null,
    calendar: utc,
    rules: { ...defaultRules, linksLiveMs: 3_600_000 },
    videoLinks: { of: (id, givenAt, untilAt) => `https://bot.test/${id}/${givenAt}/${untilAt}` },
    wake: () => {
      counts.wakes += 1;
    },
  });
  let made = 0;
  const ask = (acknowledge: Acknowledge = acknowledged, origin = `interaction:${++made}`) => {
    const reply = sampleReply({ interactionId: origin });
    return actions.ask({ origin, wish, requester, reply }, acknowledge);
  };
  const find = async (id: string): Promise<Job> => {
    const job = await store.find(id);
    assert.ok(job !== null);
    return job;
  };
  return { store, models, actions, ask, find, counts, removed };
}

describe('asking', () => {
  test('is on disk before Discord hears of it, and queued once Discord took it', async () => {
    const { store, ask, counts } = actionsOver();
    const result = await ask(async (job) => {
      assert.equal((await store.find(job.id))?.state, 'received');
      return acknowledged(job);
    });
    assert.equal(result.kind === 'asked' && result.job.state, 'queued');
    assert.equal(result.kind === 'asked' && result.job.reply.messageId, '14');
    assert.ok(counts.wakes > 0);
  });

  test('goes on by the second press where the first one is given up while Discord takes it', async () => {
    const { store, actions } = actionsOver();
    const draft = { id: 'd0000001', userId: requester.userId, wish, at: NOON };
    await store.keepDraft(draft);
    const press = (n: string) => sampleReply({ interactionId: n, token: `token-${n}` });
    // The process died between the row and the acknowledgement.
    const died = actions.startDraft(draft.id, requester, press('1'), () => new Promise(() => {}));
    died.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    const restarted = actionsOver([], store).actions;
    const [left] = store.jobs();
    assert.ok(left?.state === 'received');
    const result = await restarted.startDraft(draft.id, requester, press('2'), async (job) => {
      // Meanwhile the runner asks Discord about the first press, and gives it up.
      if (job.id === left.id) {
        const why = 'never acknowledged' as const;
        const to = { state: 'cancelled' as const, why, charge: { kind: 'not charged' as const } };
        const money = { kind: 'give back' as const };
        await store.apply(left, { at: NOON, to, attempts: 0, money, note: { event: 'given up' } });
      }
      return acknowledged(job);
    });
    assert.equal(result.kind === 'asked' && result.job.state, 'queued');
    assert.equal(result.kind === 'asked' && result.job.reply.interactionId, '2');
    const alive = store.jobs().filter(({ state }) => state !== 'cancelled');
    assert.equal(alive.length, 1);
  });

  test('that Discord did not take costs nothing and is not started', async () => {
    const { store, ask } = actionsOver();
    const result = await ask(async () => ({ kind: 'not ours', how: '10062' }));
    assert.deepEqual(result, { kind: 'not acknowledged', how: '10062' });
    const [job] = store.jobs();
    assert.equal(job?.state === 'cancelled' && job.why, 'never acknowledged');
    assert.equal(store.books.of(job?.id ?? '').kind, 'given back');
  });

  test('whose acknowledgement nobody answered is left to the runner', async () => {
    const { ask, counts } = actionsOver();
    const result = await ask(async () => ({ kind: 'unsure', how: 'timeout' }));
    assert.equal(result.kind === 'asked' && result.job.state, 'received');
    assert.ok(counts.wakes > 0);
  });

  test('twice with the same event is one job, acknowledged once', async () => {
    const { store, ask } = actionsOver();
    let times = 0;
    const count: Acknowledge = async (job) => {
      times += 1;
      return acknowledged(job);
    };
    const kinds = (
      await Promise.all([ask(count, 'interaction:x'), ask(count, 'interaction:x')])
    ).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['asked', 'known']);
    assert.equal(times, 1);
    assert.equal(store.jobs().length, 1);
  });

  test('beyond a limit writes nothing and acknowledges nothing', async () => {
    const { store, ask } = actionsOver([
      { scope: 'member', period: 'day', maxMicroUsd: null, maxVideos: 1 },
    ]);
    await ask();
    const refused = await ask(() => assert.fail('acknowledged'));
    assert.equal(refused.kind === 'refused' && refused.refusal.why, 'limit');
    assert.equal(store.jobs().length, 1);
  });

  test('by running again what was of a withdrawn model is asked of its successor', async () => {
    const { store, models, actions } = actionsOver();
    const request = sampleRequest({ modelId: 'omni-1', seconds: 8, priceMicroUsd: 1_000_000 });
    const old = await bringTo(store, 'unconfirmed', { request });
    const again = (id: string, origin: string) => {
      const reply = sampleReply({ interactionId: origin });
      return actions.runAgain(id, origin, requester, reply, acknowledged);
    };
    models.withdraw('omni-1');
    const result = await again(old.id, 'interaction:9');
    assert.equal(result.kind === 'asked' && result.job.request.modelId, 'omni-2');
    assert.equal(result.kind === 'asked' && result.job.runAgainOf, old.id);
    assert.equal((await again(old.id, 'interaction:10')).kind, 'known');
    assert.equal((await again('nothere1', 'interaction:11')).kind, 'no such job');
  });
});

describe('cancelling', () => {
  const kinds: Readonly<Record<State, string>> = {
    received: 'cancelled',
    gathering: 'cancelled',
    queued: 'cancelled',
    submitting: 'stopping',
    generating: 'stopping',
    cancelling: 'stopping',
    downloading: 'too late',
    shrinking: 'too late',
    delivering: 'too late',
    delivered: 'too late',
    undelivered: 'too late',
    unconfirmed: 'too late',
    failed: 'too late',
    cancelled: 'cancelled',
  };

  for (const state of states) {
    test(`a job ${state}: ${kinds[state]}, however often it is pressed`, async () => {
      const { store, actions, find } = actionsOver();
      const { id } = await bringTo(store, state);
      assert.equal((await actions.cancel(id, owner)).kind, kinds[state]);
      const after = await find(id);
      const standing = store.books.of(id);
      assert.equal((await actions.cancel(id, owner)).kind, kinds[state]);
      assert.deepEqual(await find(id), after);
      assert.deepEqual(store.books.of(id), standing);
      const unpaid = ['received', 'gathering', 'queued'].includes(state);
      if (unpaid) assert.equal(standing.kind, 'given back');
    });
  }

  test('one that runs and cannot be stopped may still be charged', async () => {
    const { store, actions } = actionsOver();
    const job = await bringTo(store, 'generating', {
      request: sampleRequest({ canCancel: false }),
    });
    const result = await actions.cancel(job.id, owner);
    assert.equal(result.kind, 'cancelled');
    const standing = store.books.of(job.id);
    assert.deepEqual([standing.kind, standing.counts], ['maybe', true]);
  });

  test('is for its requester and admins only', async () => {
    const { store, actions, find } = actionsOver();
    const job = await bringTo(store, 'queued');
    assert.equal((await actions.cancel(job.id, stranger)).kind, 'not yours');
    assert.deepEqual(await find(job.id), job);
    await actions.cancel(job.id, admin);
    const after = await find(job.id);
    assert.equal(after.state === 'cancelled' && after.why, 'by admin');
    assert.equal((await actions.cancel('nothere1', owner)).kind, 'no such job');
  });
});

describe('showing a result', () => {
  for (const state of states) {
    test(`of a job ${state} moves nothing but its way to the reply`, async () => {
      const { store, actions, find } = actionsOver();
      const job = await bringTo(store, state);
      const reply = sampleReply({ interactionId: '2', token: 'fresh', messageId: '15' });
      const result = await actions.showResult(job.id, owner, reply);
      const after = await find(job.id);
      if (state === 'undelivered' || state === 'delivering') {
        assert.equal(result.kind, 'delivering');
        assert.equal(after.state === 'delivering' && after.rung, 'reply by token');
        assert.equal(after.reply.token, 'fresh');
        return;
      }
      assert.equal(after.state, state);
      const hasEnded = result.kind === 'nothing to show';
      assert.equal(after.reply.token, hasEnded ? job.reply.token : 'fresh');
    });
  }

  test('is for its requester and admins only', async () => {
    const { store, actions, find } = actionsOver();
    const job = await bringTo(store, 'undelivered');
    assert.equal((await actions.showResult(job.id, stranger, sampleReply())).kind, 'not yours');
    assert.deepEqual(await find(job.id), job);
    assert.equal((await actions.showResult(job.id, admin, sampleReply())).kind, 'delivering');
  });
});

describe('showing a video again', () => {
  test('of one who alone was to see it, is for that one alone; in a direct message as any', async () => {
    const { store, actions } = actionsOver();
    const seen: boolean[] = [];
    const take = async (seenByOne: boolean) => {
      seen.push(seenByOne);
      return { kind: 'acknowledged', messageId: '15', ephemeral: seenByOne } as const;
    };
    for (const [id, state] of [
      ['private1', 'delivered'],
      ['private2', 'undelivered'],
    ] as const) {
      const job = await bringTo(store, state, { id, reply: sampleReply({ ephemeral: true }) });
      await actions.showAgain(job.id, owner, sampleReply({ interactionId: `s-${id}` }), take);
    }
    const open = await bringTo(store, 'delivered', { id: 'public01' });
    await actions.showAgain(open.id, owner, sampleReply({ interactionId: '8' }), take);
    const direct = sampleReply({ interactionId: '9', place: 'dm', guildId: null });
    const hidden = await bringTo(store, 'delivered', {
      ...{ id: 'private3', reply: sampleReply({ ephemeral: true }) },
    });
    await actions.showAgain(hidden.id, owner, direct, take);
    assert.deepEqual(seen, [true, true, false, false]);
  });

  test('asked for privately in a direct message, is for one alone wherever it is shown, and so is what follows', async () => {
    const { store, actions } = actionsOver();
    const direct = sampleReply({ interactionId: '21', place: 'dm', guildId: null });
    const ask = (wanted: Wish, origin: string) =>
      actions.ask({ origin, wish: wanted, requester, reply: direct }, acknowledged);
    const asked = await ask({ ...wish, private: true }, 'interaction:21');
    assert.ok(asked.kind === 'asked');
    const { request, reply } = asked.job;
    assert.ok(!reply.ephemeral);
    const seen: boolean[] = [];
    const take = async (seenByOne: boolean) => {
      seen.push(seenByOne);
      return { kind: 'acknowledged', messageId: '15', ephemeral: seenByOne } as const;
    };
    for (const [id, state] of [
      ['private4', 'delivered'],
      ['private5', 'undelivered'],
    ] as const) {
      const job = await bringTo(store, state, { id, reply, request });
      assert.equal((await actions.changesOf(job.id))?.anew.private, true);
      assert.equal((await actions.linkTo(job.id, stranger)).kind, 'not yours');
      await actions.showAgain(job.id, owner, sampleReply({ interactionId: `s-${id}` }), take);
    }
    const open = await bringTo(store, 'delivered', { id: 'open0001', reply });
    await actions.showAgain(open.id, owner, sampleReply({ interactionId: '22' }), take);
    assert.deepEqual(seen, [true, true, false]);
  });

  test('that was taken down is shown to its member alone, there or everywhere, and linked for nobody else', async () => {
    const { store, actions } = actionsOver();
    const seen: boolean[] = [];
    const take = async (seenByOne: boolean) => {
      seen.push(seenByOne);
      return { kind: 'acknowledged', messageId: '15', ephemeral: seenByOne } as const;
    };
    const { id } = await bringTo(store, 'delivered', { reply: sampleReply({ guildId: '70' }) });
    const linked = async () =>
      (await Promise.all([stranger, owner].map((by) => actions.linkTo(id, by)))).map(
        ({ kind }) => kind,
      );
    const shownIn = async (guildId: string | null) => {
      const reply = sampleReply({ guildId, place: guildId === null ? 'elsewhere' : 'server' });
      await actions.showAgain(id, owner, reply, take);
    };
    assert.deepEqual(await linked(), ['link', 'link']);
    await actions.takenDown(id, '70');
    for (const guildId of ['70', '71', null]) await shownIn(guildId);
    assert.deepEqual(await linked(), ['not yours', 'link']);
    await actions.takenDown(id, null);
    for (const guildId of ['71', null]) await shownIn(guildId);
    assert.deepEqual(seen, [true, false, false, true, true]);
  });

  test('that was taken down while it waited is not brought into a message that others see', async () => {
    const { store, actions, find } = actionsOver();
    const reply = sampleReply({ guildId: '70' });
    const { id } = await bringTo(store, 'undelivered', { reply });
    await actions.takenDown(id, '70');
    assert.equal((await actions.showResult(id, owner, reply)).kind, 'for its member alone');
    assert.equal((await find(id)).state, 'undelivered');
    const hidden = sampleReply({ guildId: '70', ephemeral: true });
    assert.equal((await actions.showResult(id, owner, hidden)).kind, 'delivering');
  });

  test('smaller keeps the spoiler that was decided on when it was asked for', async () => {
    const { store, actions, find } = actionsOver();
    const reply = sampleReply({ spoiler: true });
    const { id } = await bringTo(
      store,
      'undelivered',
      { reply },
      {
        ways: { smallerBytes: 4_000_000, link: false },
      },
    );
    await actions.makeSmaller(id, owner, sampleReply({ interactionId: '8' }));
    const { reply: after } = await find(id);
    assert.deepEqual([after.interactionId, after.spoiler], ['8', true]);
  });

  test('that Discord did not take leaves on the books that it may be in its reply', async () => {
    const { store, actions, find } = actionsOver();
    const kept = await bringTo(store, 'undelivered');
    const noted = await store.apply(kept, {
      ...{ at: NOON, to: stateOf(kept), attempts: 20, note: { event: 'rung over' } },
    });
    assert.ok(noted !== null);
    const lost = async () => ({ kind: 'not ours', how: '10062' }) as const;
    const reply = sampleReply({ interactionId: '7' });
    assert.equal((await actions.showAgain(kept.id, owner, reply, lost)).kind, 'not acknowledged');
    const after = await find(kept.id);
    assert.deepEqual([after.state, after.attempts], ['undelivered', 20]);
    assert.equal(await actions.deliverOnContact(owner.userId), 0);
  });
});

describe('forgetting', () => {
  test('takes nothing away that is being posted at this moment, and says the same to two presses', async () => {
    const { store, actions, removed } = actionsOver();
    const kept = await bringTo(store, 'undelivered');
    const gone = await bringTo(store, 'delivered');
    const unwanted = store.unwanted.bind(store);
    let isFirst = true;
    store.unwanted = async (userId, limit) => {
      const found = await unwanted(userId, limit);
      if (isFirst) {
        isFirst = false;
        await actions.showResult(kept.id, owner, sampleReply({ interactionId: '6' }));
      }
      return found;
    };
    const [one, two] = await Promise.all([
      actions.forget(owner.userId),
      actions.forget(owner.userId),
    ]);
    assert.deepEqual(one, two);
    assert.deepEqual([...new Set(removed)], [gone.id]);
  });
});
