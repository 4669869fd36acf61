/** Cancel pressed in every state a video can be in: what is said of money is what is booked, once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { customId } from '../../src/discord/text/customIds.ts';
import type { Job, State } from '../../src/jobs/job.ts';
import { afterLook } from '../../src/jobs/outcomes/look.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { states } from '../../src/jobs/states.ts';
import { bringTo, PRICE, sampleRequest } from '../jobs/samples.ts';
import { type Pressing, pressing, wordsFor } from './pressing.ts';

let stage: Pressing;
before(async () => {
  stage = await pressing();
});
after(() => stage.stop());

async function jobIn(state: State, canCancel = true): Promise<Job> {
  const { at, people } = stage;
  const requester = { userId: people.owner.id, locale: 'en-US' };
  const request = sampleRequest({ canCancel });
  // Long due: only the test moves it.
  return bringTo(at.store, state, { requester, request });
}

/** Read in the message itself where it has ended, else privately. */
async function pressedOn(job: Job, words: RegExp): Promise<void> {
  const { at, people, showing } = stage;
  const message = await showing(at.channel, people.other, customId('cancel', job.id));
  const press = await people.owner.presses(message, 'It');
  if (words.source.startsWith('✋')) await message.becomes(({ content }) => words.test(content));
  else assert.match(await wordsFor(press), words);
}

const closings = async (id: string) =>
  (await stage.at.store.ledger(id)).filter(({ kind }) => kind !== 'reserved');

const notCharged = /✋ Cancelled before it started\. Not charged\./;
const mayBe = /being asked to stop\. It may still charge for it/;
const said: Readonly<Record<State, RegExp>> = {
  received: notCharged,
  gathering: notCharged,
  queued: notCharged,
  submitting: mayBe,
  generating: mayBe,
  cancelling: mayBe,
  downloading: /^Too late to cancel: the video is made and on its way/,
  shrinking: /^Too late to cancel: the video is made and on its way/,
  delivering: /^Too late to cancel: the video is made and on its way/,
  delivered: /^Too late to cancel: the video is made already/,
  undelivered: /^Too late to cancel: the video is made already/,
  unconfirmed: /^There is nothing to cancel any more/,
  failed: /^There is nothing to cancel any more/,
  cancelled: notCharged,
};

describe('Cancel, pressed on a video that is', () => {
  for (const state of states) {
    it(`${state}: says what it costs, and books that once`, async () => {
      const job = await jobIn(state);
      const before = await closings(job.id);
      await pressedOn(job, said[state]);
      const booked = await closings(job.id);
      const unpaid = ['received', 'gathering', 'queued'].includes(state);
      assert.deepEqual(
        booked.slice(before.length).map(({ kind }) => kind),
        unpaid ? ['given back'] : [],
      );
      assert.ok(booked.length <= 1);
      assert.deepEqual(stage.at.sandbox.violations, []);
    });
  }

  it('generating by a model that cannot be stopped: may have been charged, and is booked so', async () => {
    const job = await jobIn('generating', false);
    await pressedOn(job, /✋ Cancelled\. It may have been charged \(\$0\.80\)/);
    assert.deepEqual(
      (await closings(job.id)).map(({ kind, maybeMicroUsd }) => [kind, maybeMicroUsd]),
      [['maybe', PRICE]],
    );
  });
});

describe('Cancel in the moment it is done', () => {
  const done = {
    ...{ kind: 'done' as const, usage: null, answeredBy: null },
    source: { kind: 'file' as const, fileId: 'abc' },
  };
  const context = () => ({
    ...{ now: Date.now(), wall: Date.now(), chance: () => 0.5, rules: defaultRules },
    ...{ nextLookAt: () => Date.now(), likelyMs: () => 1, pricesOf: () => null },
    successorFor: () => null,
  });

  for (const canCancel of [true, false]) {
    for (const first of ['done', 'cancel'] as const) {
      it(`${first} first, ${canCancel ? 'can' : 'cannot'} be stopped: one of the two wins, never both`, async () => {
        const { at, people } = stage;
        const job = await jobIn('generating', canCancel);
        const looked = () =>
          at.writer.write(job, (current) =>
            current.state === 'generating' || current.state === 'cancelling'
              ? afterLook(current, done, context())
              : null,
          );
        const cancel = () => at.actions.cancel(job.id, { userId: people.owner.id, isAdmin: false });
        const both = first === 'done' ? [looked(), cancel()] : [cancel(), looked()];
        await Promise.all(both);
        const after = await at.store.find(job.id);
        const [booked, ...more] = await closings(job.id);
        assert.equal(more.length, 0);
        const isMade = after?.state === 'downloading' && booked?.kind === 'settled';
        const isGivenUp = after?.state === 'cancelled' && booked?.kind === 'maybe';
        assert.ok(isMade || isGivenUp, `${after?.state} ${booked?.kind}`);
        // What can be stopped waits for the service's own word.
        if (canCancel) assert.ok(isMade);
      });
    }
  }
});
