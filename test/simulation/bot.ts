/** The real core, put together in a simulated process, as app.ts does it in a real one. */

import { type Actions, createActions } from '../../src/jobs/actions.ts';
import { createHints, type Hints } from '../../src/jobs/hints.ts';
import { createForgetting } from '../../src/jobs/keeping/forgetting.ts';
import type { RunnerParts } from '../../src/jobs/lanes/work.ts';
import { Looks } from '../../src/jobs/looks/looks.ts';
import { Models } from '../../src/jobs/models.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { openHouse } from '../jobs/openHouse.ts';
import { utc } from '../jobs/samples.ts';
import { simulatedFiles, simulatedShrinker } from './disk.ts';
import { simulatedModels } from './models.ts';
import { simulatedLinks, simulatedPictures } from './pictures.ts';
import type { BotProcess } from './process.ts';
import { simulatedReplies } from './replies.ts';
import { simulatedService } from './service.ts';
import type { World } from './world.ts';

/** Worked out once: the same for every life. */
const looks = new Looks();

export interface Bot {
  readonly process: BotProcess;
  readonly actions: Actions;
  readonly hints: Hints;
  /** Commands are taken. */
  readonly isReady: boolean;
  stop(): Promise<void>;
}

export function startBot(world: World, process: BotProcess): Bot {
  const models = new Models(simulatedModels);
  const parts: RunnerParts = world.plant(
    {
      store: storeFor(world, process),
      service: simulatedService(world, process),
      files: simulatedFiles(world, process),
      shrinker: simulatedShrinker(world, process),
      pictures: simulatedPictures(world, process),
      links: simulatedLinks(process),
      replies: simulatedReplies(world, process),
      models,
      rules: world.rules,
      pause: { now: () => null },
      house: openHouse(models),
      clock: process.clock,
      chance: world.chance.next,
      observe: (event) => {
        if (process.dead) return;
        if (event.kind === 'stale') world.counts.stale += 1;
        if (event.kind === 'alarm') world.tell(() => `alarm: ${event.what}`);
      },
      fatal: (error) => world.failed(process, error),
      looks,
    },
    process,
  );
  const runner = new Runner(parts);
  const forgetting = createForgetting({ ...parts, writer: runner.writer });
  const actions = createActions({
    store: parts.store,
    files: parts.files,
    writer: runner.writer,
    forgetting,
    models,
    house: openHouse(models),
    limits: () => world.limits,
    exempt: () => [],
    confirmAboveMicroUsd: () => null,
    calendar: utc,
    rules: world.rules,
    videoLinks: null,
    clock: process.clock,
    wake: () => runner.wake(),
    newId: () => world.newId(),
  });
  const hints = createHints({
    store: parts.store,
    writer: runner.writer,
    clock: process.clock,
    hurry: (job) => runner.hurry(job),
  });
  let isReady = false;
  runner.start().then(
    () => {
      if (process.dead) return;
      // Discord has taken us.
      runner.startPaying();
      isReady = true;
      world.tell(() => 'ready');
    },
    (error: unknown) => world.failed(process, error),
  );
  return {
    process,
    actions,
    hints,
    get isReady() {
      return isReady && !process.dead;
    },
    async stop() {
      isReady = false;
      await runner.stop();
    },
  };
}

/** The store as one process reaches it. Where the disk is full, nothing is written. */
function storeFor(world: World, process: BotProcess): JobStore {
  const { store } = world;
  const read = <T>(what: string, effect: () => Promise<T>) => process.local(what, effect, true);
  const write = <T>(what: string, effect: () => Promise<T>) =>
    process.local(what, () => {
      if (world.isDiskFull()) throw new StorageFull('SQLITE_FULL');
      return effect();
    });
  return {
    accept: (job, checks) =>
      write(`accept ${job.id}`, async () => {
        const accepted = await store.accept(job, checks);
        if (accepted.kind === 'accepted') world.accepted(accepted.job, checks);
        return accepted;
      }),
    apply: (job, change) =>
      write(`apply ${job.id} ${job.state} → ${change.to.state}`, async () => {
        const stored = await store.apply(job, change);
        if (stored !== null) world.changed(job, stored, change);
        return stored;
      }),
    noteShown: (id, shown) => write(`note shown ${id}`, () => store.noteShown(id, shown)),
    keepDraft: (draft) => write('keep draft', () => store.keepDraft(draft)),
    remember: (key, value) => write('remember', () => store.remember(key, value)),
    dropDrafts: (before) => write('drop drafts', () => store.dropDrafts(before)),
    noteConversation: (one) => write('note conversation', () => store.noteConversation(one)),
    dropConversations: (before) =>
      write('drop conversations', () => store.dropConversations(before)),
    noteReport: (report) => write('note report', () => store.noteReport(report)),
    dropReport: (report) => write('drop report', () => store.dropReport(report)),
    dropReports: (before) => write('drop reports', () => store.dropReports(before)),
    reportMarks: (id) => read('report marks', () => store.reportMarks(id)),
    findConversation: (id) => read('find conversation', () => store.findConversation(id)),
    conversations: (limit) => read('conversations', () => store.conversations(limit)),
    askToForget: (userId) => write('ask to forget', () => store.askToForget(userId)),
    forgetWords: (ids) => write('forget words', () => store.forgetWords(ids)),
    unwanted: (...args) => read('unwanted', () => store.unwanted(...args)),
    outOfDate: (...args) => read('out of date', () => store.outOfDate(...args)),
    find: (id) => read(`find ${id}`, () => store.find(id)),
    madeOf: (origin) => read(`made of ${origin}`, () => store.madeOf(origin)),
    ownerOf: (operation) => read('owner of', () => store.ownerOf(operation)),
    jobsOf: (...args) => read('jobs of', () => store.jobsOf(...args)),
    undeliveredOf: (userId) => read('undelivered of', () => store.undeliveredOf(userId)),
    due: (...args) => read('due', () => store.due(...args)),
    nextDueAt: (...args) => read('next due', () => store.nextDueAt(...args)),
    inStates: (states) => read('in states', () => store.inStates(states)),
    listed: (...args) => read('listed', () => store.listed(...args)),
    accounts: (...args) => read('accounts', () => store.accounts(...args)),
    ledger: (id) => read('ledger', () => store.ledger(id)),
    count: (states) => read('count', () => store.count(states)),
    aheadOf: (job) => read('ahead of', () => store.aheadOf(job)),
    unshown: () => read('unshown', () => store.unshown()),
    history: (id) => read('history', () => store.history(id)),
    samples: (...args) => read('samples', () => store.samples(...args)),
    spent: (check) => read('spent', () => store.spent(check)),
    overview: (since) => read('overview', () => store.overview(since)),
    mismatched: (limit) => read('mismatched', () => store.mismatched(limit)),
    findDraft: (id) => read('find draft', () => store.findDraft(id)),
    recall: (key) => read('recall', () => store.recall(key)),
    settings: () => read('settings', () => store.settings()),
    changeSetting: (setting) => write('change setting', () => store.changeSetting(setting)),
    settingChanges: (limit, scope) =>
      read('setting changes', () => store.settingChanges(limit, scope)),
    close: () => store.close(),
  };
}
