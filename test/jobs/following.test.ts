/** What follows from a video, after an admin took it down or its member had it forgotten. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Acknowledge, type AskResult, createActions } from '../../src/jobs/actions.ts';
import { clipOf } from '../../src/jobs/basis.ts';
import type { Job, Reply } from '../../src/jobs/job.ts';
import { createForgetting } from '../../src/jobs/keeping/forgetting.ts';
import { Models } from '../../src/jobs/models.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { MemoryStore } from '../simulation/store.ts';
import { clockOf, VirtualTime } from '../simulation/time.ts';
import { openHouse } from './openHouse.ts';
import { bringTo, NOON, sampleId, sampleReply, sampleRequest, utc } from './samples.ts';

const catalogue = loadCatalogue({ ids: null, file: null });
assert.ok('models' in catalogue);
const { models: offered } = catalogue;
const model = offered[0] ?? assert.fail();
const ann = { userId: '1000000000000000001', locale: 'en-US' };
const bob = { userId: '1000000000000000002', locale: 'en-US' };
const [HERE, THERE] = ['70', '71'];
const direct = sampleReply({ place: 'dm', guildId: null });

const taken: Acknowledge = async ({ reply }) => ({
  ...{ kind: 'acknowledged', messageId: '14', ephemeral: reply.ephemeral },
});

function following() {
  const clock = clockOf(new VirtualTime(NOON));
  const store = new MemoryStore();
  const writer = new Writer({ store, observe: () => {}, changed: () => {} });
  const files = { has: async () => true, remove: async () => {} };
  const pictures = { removePictures: async () => {} };
  const models = new Models(offered);
  const actions = createActions({
    ...{ store, files, writer, clock, models, house: openHouse(models), calendar: utc },
    forgetting: createForgetting({ store, files, pictures, writer, clock }),
    ...{ limits: () => [], exempt: () => [], confirmAboveMicroUsd: () => null },
    ...{ rules: defaultRules, videoLinks: null, wake: () => {} },
  });
  const request = sampleRequest({ can: model.can, prices: model.prices, priceMicroUsd: 560_000 });
  let pressed = 0;
  const press = (guildId: string | null): [string, Reply] => {
    const interactionId = String(100 + ++pressed);
    const reply = guildId === null ? direct : sampleReply({ guildId });
    return [`interaction:${interactionId}`, { ...reply, interactionId }];
  };
  const video = () =>
    bringTo(store, 'delivered', {
      ...{ id: sampleId(), requester: ann, request, reply: sampleReply({ guildId: HERE }) },
    });
  /** Bob's change of it, which the service declined. */
  const declined = async (of: Job) => {
    const basis = { ...(clipOf(of) ?? assert.fail()), kind: 'edit' as const };
    return bringTo(store, 'failed', {
      ...{ id: sampleId(), requester: bob, request: { ...request, prompt: 'by night', basis } },
      ...{ reply: sampleReply({ guildId: HERE }), runAgainOf: of.id },
    });
  };
  const changeOf = async (id: string) => {
    const { edit } = (await actions.changesOf(id)) ?? assert.fail();
    return { ...(edit ?? assert.fail()).wish, prompt: 'by night' };
  };
  return { actions, store, press, video, declined, changeOf };
}

type World = ReturnType<typeof following>;

/** Every way to a new video from one that is there; each is asked for in a server. */
const ways: Readonly<Record<string, (at: World, of: Job, guildId: string) => Promise<AskResult>>> =
  {
    Extend: ({ actions, press }, { id }, guildId) =>
      made(actions.make(id, 'extend', ...by(press(guildId)))),
    Upscale: ({ actions, press }, { id }, guildId) =>
      made(actions.make(id, 'upscale', ...by(press(guildId)))),
    'Run again': ({ actions, press }, { id }, guildId) =>
      made(actions.runAgain(id, ...by(press(guildId)))),
    'a change by a form': async ({ actions, press, changeOf }, { id }, guildId) => {
      const [origin, reply] = press(guildId);
      const wish = await changeOf(id);
      return actions.ask({ origin, wish, requester: ann, reply }, taken);
    },
    'a change of a change': async (at, of, guildId) => {
      const [origin, reply] = at.press(null);
      const wish = await at.changeOf(of.id);
      const asked = await at.actions.ask({ origin, wish, requester: ann, reply }, taken);
      assert.ok(asked.kind === 'asked');
      const { request } = asked.job;
      const second = { id: sampleId(), requester: ann, request, reply };
      const { id } = await bringTo(at.store, 'delivered', {
        ...second,
        origin: `second ${second.id}`,
      });
      return made(at.actions.make(id, 'extend', ...by(at.press(guildId))));
    },
  };

function by([origin, reply]: [string, Reply]) {
  return [origin, ann, reply, taken] as const;
}

async function made(result: Promise<AskResult | { readonly kind: 'no such job' }>) {
  const found = await result;
  assert.ok(found.kind !== 'no such job');
  return found;
}

describe('what follows from a video that an admin took down', () => {
  for (const [way, ask] of Object.entries(ways)) {
    test(`by ${way} is for its member alone there, and in other servers once it is everywhere`, async () => {
      const isUnseen = async (down: string | null | undefined, guildId: string) => {
        const at = following();
        const of = await at.video();
        if (down !== undefined) await at.actions.takenDown(of.id, down);
        const asked = await ask(at, of, guildId);
        assert.ok(asked.kind === 'asked', JSON.stringify(asked));
        const { request, reply } = asked.job;
        assert.equal(request.private === true, reply.ephemeral);
        return reply.ephemeral;
      };
      assert.deepEqual(
        [
          await isUnseen(undefined, HERE),
          ...[await isUnseen(HERE, HERE), await isUnseen(HERE, THERE)],
          ...[await isUnseen(null, HERE), await isUnseen(null, THERE)],
        ],
        [false, true, false, true, true],
      );
    });
  }

  test('made of it in a direct message, is shown there to its member alone', async () => {
    const at = following();
    const of = await at.video();
    await at.actions.takenDown(of.id, HERE);
    const wish = await at.changeOf(of.id);
    const [origin, reply] = at.press(null);
    const asked = await at.actions.ask({ origin, wish, requester: ann, reply }, taken);
    assert.ok(asked.kind === 'asked' && asked.job.request.private === undefined);
    const { request } = asked.job;
    const { id } = await bringTo(at.store, 'delivered', { id: sampleId(), request, reply });
    const seen: boolean[] = [];
    for (const guildId of [HERE, THERE]) {
      await at.actions.showAgain(
        id,
        { ...ann, isAdmin: false },
        at.press(guildId)[1],
        async (alone) => {
          seen.push(alone);
          return { kind: 'acknowledged', messageId: '15', ephemeral: alone };
        },
      );
    }
    assert.deepEqual(seen, [true, false]);
  });

  test('offered before, and pressed after it was taken down, is for its member alone', async () => {
    const at = following();
    const of = await at.video();
    const [, reply] = at.press(HERE);
    const quoted = await at.actions.quote(await at.changeOf(of.id), reply, {
      ...ann,
      isAdmin: false,
    });
    assert.ok(quoted.kind === 'quoted');
    await at.actions.takenDown(of.id, HERE);
    const asked = await at.actions.startDraft(quoted.draft.id, ann, reply, taken);
    assert.ok(asked.kind === 'asked' && asked.job.reply.ephemeral);
  });
});

describe('the clip of a member who had their data forgotten', () => {
  const forgotten = async () => {
    const at = following();
    const of = await at.video();
    const wish = { ...(await at.changeOf(of.id)), prompt: 'by day' };
    const quoted = await at.actions.quote(wish, direct, { ...bob, isAdmin: false });
    assert.ok(quoted.kind === 'quoted');
    const change = await at.declined(of);
    await at.actions.forget(ann.userId);
    return { ...at, of, change, wish, draft: quoted.draft };
  };
  const refusedAs = (result: { readonly kind: string }) =>
    'refusal' in result ? (result.refusal as { readonly why: string }).why : result.kind;

  test('is not offered under a change of it that failed', async () => {
    const { actions, change } = await forgotten();
    const { clip, edit, extend, anew } = (await actions.changesOf(change.id)) ?? assert.fail();
    assert.deepEqual([clip, edit, extend], [null, null, null]);
    assert.equal(anew.prompt, 'by night', 'a video of its own');
  });

  test('is used by no door: asked, offered, drafted, run again', async () => {
    const { actions, store, change, wish, draft, press } = await forgotten();
    const before = store.jobs().length;
    const never: Acknowledge = () => assert.fail('acknowledged');
    const [origin, reply] = press(HERE);
    const doors = [
      await actions.ask({ origin, wish, requester: bob, reply }, never),
      await actions.quote(wish, reply, { ...bob, isAdmin: false }),
      await actions.startDraft(draft.id, bob, reply, never),
      await actions.runAgain(change.id, 'interaction:90', bob, reply, never),
    ];
    assert.deepEqual(doors.map(refusedAs), Array(4).fill('clip forgotten'));
    assert.equal(store.jobs().length, before, 'nothing is written, nothing paid');
  });

  test('is used by what was begun before, whose second press is told so', async () => {
    const at = following();
    const of = await at.video();
    const [origin, reply] = at.press(HERE);
    const ask = async (wish = at.changeOf(of.id)) =>
      at.actions.ask({ origin, wish: await wish, requester: bob, reply }, taken);
    const wish = at.changeOf(of.id);
    const first = await ask(wish);
    assert.ok(first.kind === 'asked');
    await at.actions.forget(ann.userId);
    const second = await ask(wish);
    assert.equal(second.kind === 'known' && second.job.id, first.job.id);
  });

  test('is not used where nobody knows its job', async () => {
    const { actions, press, video, changeOf } = following();
    const { id } = await video();
    const { basis, ...wish } = await changeOf(id);
    assert.ok(basis !== undefined);
    const unknown = { ...wish, basis: { ...basis, jobId: 'nothere1' } };
    const [origin, reply] = press(HERE);
    const result = await actions.ask({ origin, wish: unknown, requester: bob, reply }, taken);
    assert.equal(refusedAs(result), 'clip forgotten');
  });
});
