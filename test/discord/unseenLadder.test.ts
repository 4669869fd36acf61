/** A video for its member alone climbs the ladder, in front of the Discord stand-in: nobody else sees it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Routes } from 'discord.js';
import { type JobIn, type Rung, rungs } from '../../src/jobs/job.ts';
import { afterDeliver } from '../../src/jobs/outcomes/deliver.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { recover } from '../../src/jobs/recovery.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { deliver } from '../../src/jobs/steps/deliver.ts';
import { noteTakenDown } from '../../src/jobs/takenDown.ts';
import { NOON, sampleJob, sampleRequest } from '../jobs/samples.ts';
import { MemoryStore } from '../simulation/store.ts';
import { type Stage, setStage } from './stage.ts';

type Delivering = JobIn<'delivering'>;

const asked = sampleRequest();
const alone = sampleRequest({ private: true });

/** What makes it a video for one; the first message is hidden where that is so. */
const reasons = {
  'asked for privately': { request: alone, isHidden: true, isNoted: true },
  // However such a row came to be.
  'asked for privately, in a message that is not known to be hidden': {
    ...{ request: alone, isHidden: true, isNoted: false },
  },
  'asked for privately, in a message that is not hidden': {
    ...{ request: alone, isHidden: false, isNoted: false },
  },
  'in a server whose videos are private': { request: asked, isHidden: true, isNoted: true },
  'taken down by an admin': { request: asked, isHidden: false, isNoted: false },
};

/** What goes wrong meanwhile. */
const troubles: Readonly<Record<string, (stage: Stage) => void>> = {
  'every answer lost': ({ discord }) => {
    discord.fault({ on: 'edit-reply', when: 'after', answer: 'reset' });
    discord.fault({ on: 'post-message', when: 'after', answer: 'reset', times: 1 });
  },
  'no call arriving': ({ discord }) => {
    discord.fault({ on: 'edit-reply', when: 'before', answer: 'reset' });
  },
  'a dead token': ({ discord }) => discord.expireTokens(),
  'a callback that never arrived': () => {},
  'an answer lost before the token dies': ({ discord }) => {
    discord.fault({ on: 'edit-reply', when: 'after', answer: 'reset', times: 1 });
  },
};

async function waiting(stage: Stage, why: keyof typeof reasons, isHeard: boolean) {
  const { request, isHidden, isNoted } = reasons[why];
  const { interaction, reply } = await stage.ask();
  if (isHeard) {
    const data = isHidden ? { data: { flags: 64 } } : {};
    await stage.rest.deliveries.post(
      Routes.interactionCallback(interaction.id, interaction.token),
      { auth: false, body: { type: 5, ...data } },
    );
  }
  return sampleJob('delivering', {
    ...{ request, requester: { userId: stage.ann.id, locale: 'en-US' } },
    reply: { ...reply, messageId: interaction.original?.id ?? null, ephemeral: isNoted },
    video: await stage.keepVideo(1_000),
  });
}

function contextAt(now: number): Context {
  return {
    ...{ now, wall: now, chance: () => 0, rules: { ...defaultRules, triesPerRung: 2 } },
    ...{ nextLookAt: () => now, likelyMs: () => 0, pricesOf: () => null },
    successorFor: () => null,
  };
}

/** As the runner does it, without the waiting; `dies` before each try, with the row as it is. */
async function climb(
  stage: Stage,
  from: Delivering,
  store: MemoryStore,
  { dies, between }: { readonly dies: boolean; readonly between: () => void },
) {
  let job = from;
  for (let tries = 0; tries < 20; tries += 1) {
    const attempts = dies ? (recover(job, NOON)?.attempts ?? job.attempts) : job.attempts;
    job = { ...job, attempts };
    const outcome = await deliver(job, stage.replies, store, stage.never);
    const change = afterDeliver(job, outcome, contextAt(NOON));
    if (change.to.state !== 'delivering') return change.to.state;
    const { reply = job.reply } = change;
    job = { ...job, ...change.to, attempts: change.attempts, reply } as Delivering;
    between();
  }
  throw new Error('the ladder has no end');
}

async function climbed(
  t: TestContext,
  why: keyof typeof reasons,
  trouble: string,
  from: Rung,
  dies: boolean,
) {
  const stage = await setStage(t);
  const store = new MemoryStore();
  const job = await waiting(stage, why, trouble !== 'a callback that never arrived');
  if (why === 'taken down by an admin') await noteTakenDown(store, job.id, job.reply.guildId, NOON);
  troubles[trouble]?.(stage);
  const between = () => {
    if (trouble === 'an answer lost before the token dies') stage.discord.expireTokens();
  };
  const end = await climb(stage, { ...job, rung: from }, store, { dies, between });
  assert.ok(end === 'delivered' || end === 'undelivered', end);
  const open = stage.channel.messages.filter(({ ephemeral }) => !ephemeral);
  assert.deepEqual(
    open.filter(({ attachments }) => attachments.length > 0),
    [],
    `${from}, ${dies ? 'killed' : 'alive'}`,
  );
  return { end, direct: stage.ann.dm.messages.length };
}

for (const why of Object.keys(reasons) as (keyof typeof reasons)[]) {
  for (const trouble of Object.keys(troubles)) {
    test(`a video ${why} is seen by nobody else, with ${trouble}, from any rung and killed at any`, async (t) => {
      for (const from of rungs) {
        for (const dies of [false, true]) await climbed(t, why, trouble, from, dies);
      }
    });
  }
}

test('what was taken down while it waited to be posted comes by direct message', async (t) => {
  const found = await climbed(t, 'taken down by an admin', 'a dead token', 'reply by token', false);
  assert.deepEqual(found, { end: 'delivered', direct: 1 });
});
