/** The front door with the real core and a real store behind it, in front of the Discord stand-in. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChart } from '../../src/chart/chart.ts';
import type { AdminStatus } from '../../src/discord/admins/adminView.ts';
import { createRest } from '../../src/discord/connection/rest.ts';
import { createDiscord, type DiscordOptions } from '../../src/discord/discord.ts';
import type { DiscordEvent } from '../../src/discord/observe.ts';
import { createReplies } from '../../src/discord/posting/replies.ts';
import { type Actions, createActions } from '../../src/jobs/actions.ts';
import { actIn } from '../../src/jobs/admins/acts.ts';
import { House } from '../../src/jobs/admins/house.ts';
import { Lines } from '../../src/jobs/admins/lines.ts';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { createRedelivery } from '../../src/jobs/admins/redelivery.ts';
import { createReporting } from '../../src/jobs/admins/reporting.ts';
import { createRuling } from '../../src/jobs/admins/ruling.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { createSteering } from '../../src/jobs/admins/steering.ts';
import { steadyClock } from '../../src/jobs/clock.ts';
import type { Job } from '../../src/jobs/job.ts';
import { createForgetting } from '../../src/jobs/keeping/forgetting.ts';
import { canNothing, type Model } from '../../src/jobs/model.ts';
import { Models } from '../../src/jobs/models.ts';
import { createAccounting } from '../../src/jobs/money/accounting.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import type { DrawChart } from '../../src/jobs/money/chart.ts';
import { LimitBook, spentBy } from '../../src/jobs/money/limits.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import type { Clock } from '../../src/jobs/ports/clock.ts';
import type { JobEvent } from '../../src/jobs/ports/observe.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { type Discord, type DiscordPlan, startDiscord } from '../sandbox/discord/discord.ts';
import { leavesPingsOpen } from '../sandbox/discord/pinging.ts';
import { Watch } from '../sandbox/discord/watch.ts';

export const omni: Model = {
  id: 'gemini-omni-1.2-flash',
  name: 'Omni 1.2',
  protocol: 'omni',
  seconds: [4, 6, 8],
  defaultSeconds: 8,
  aspectRatios: ['16:9', '9:16'],
  resolutions: ['720p'],
  defaultResolution: '720p',
  secondsByResolution: {},
  promptMaxChars: 2_000,
  pictures: {
    firstFrame: true,
    lastFrame: true,
    references: 6,
    referencesWithFrames: true,
    most: 6,
    secondsWithLastFrame: null,
    secondsWithReferences: null,
    heic: true,
  },
  can: canNothing,
  prices: { perSecondMicroUsd: { '720p': 70_000 }, perMillionTokens: null },
  usuallyMs: 45_000,
  canCancel: true,
  successor: null,
};
export const veo: Model = {
  ...omni,
  id: 'veo-3.1',
  name: 'Veo 3.1',
  protocol: 'veo',
  resolutions: ['720p', '1080p'],
  secondsByResolution: { '1080p': [8] },
  prices: { perSecondMicroUsd: { '720p': 400_000, '1080p': 400_000 }, perMillionTokens: null },
  canCancel: false,
};

export interface RunningPlan {
  readonly discord?: DiscordPlan;
  readonly models?: readonly Model[];
  readonly limits?: readonly Limit[];
  /** Default: UTC. */
  readonly timeZone?: string;
  readonly adminUserIds?: readonly string[];
  readonly status?: () => Promise<AdminStatus>;
  /** Default: a real picture. */
  readonly draw?: DrawChart;
  readonly options?: Partial<DiscordOptions>;
  /** Wraps the core, to see what was called. */
  readonly actions?: (real: Actions) => Actions;
  /** For how many may be reported. */
  readonly clock?: Pick<Clock, 'monotonic' | 'wall'>;
  /** For the lines of what admins did. */
  readonly linesClock?: Pick<Clock, 'now' | 'after'>;
  /** Default true. */
  readonly start?: boolean;
}

export async function running(plan: RunningPlan = {}) {
  const sandbox: Discord = await startDiscord(plan.discord);
  const folder = await mkdtemp(join(tmpdir(), 'veo-discord-'));
  const store = await openStore({ path: join(folder, 'bot.db') });
  const changes = new Watch();
  const events: DiscordEvent[] = [];
  const observe = (event: DiscordEvent) => {
    events.push(event);
    changes.notify();
  };
  const stored: Job[] = [];
  const changed = (job: Job) => {
    stored.push(job);
    changes.notify();
  };
  const writer = new Writer({ store, observe: noteAct, changed });
  function noteAct(event: JobEvent): void {
    const act = actIn(event);
    if (act !== null) bot.noteAct(act);
  }
  const clock = steadyClock();
  const calendar = new Calendar(plan.timeZone ?? 'UTC');
  const forgetting = createForgetting({
    ...{ store, writer, clock },
    files: { remove: (id) => rm(join(folder, `${id}.mp4`), { force: true }) },
    pictures: { removePictures: async () => {} },
  });
  const files = {
    has: async (video: { readonly name: string }) => existsSync(join(folder, video.name)),
  };
  const models = new Models(plan.models ?? [omni, veo], () => void bot.refreshCommands());
  const settings = new Settings(store, (change, before) =>
    bot.noteAct({ kind: 'setting', before, ...change }),
  );
  const house = new House(settings, models);
  const book = new LimitBook(plan.limits ?? [], null, settings, plan.adminUserIds);
  const real = createActions({
    store,
    files,
    writer,
    forgetting,
    models,
    house,
    limits: () => book.limits(),
    exempt: () => book.exempt(),
    confirmAboveMicroUsd: () => book.confirmAboveMicroUsd(),
    calendar,
    rules: defaultRules,
    videoLinks: null,
    clock,
    wake: () => {},
  });
  const pause = new Pause(settings);
  const steering = createSteering({ store, writer, pause, house, clock, wake: () => {} });
  const ruling = createRuling({
    ...{ settings, house, store, writer, clock },
    modelsChanged: () => void bot.refreshCommands(),
  });
  const rest = createRest({ token: sandbox.botToken, apiUrl: sandbox.apiUrl });
  const replies = createReplies({
    rest,
    files: { path: (video) => join(folder, video.name) },
    memory: store,
    now: Date.now,
  });
  const lines = new Lines({
    ...{ store, clock: plan.linesClock ?? clock },
    tell: (...told) => bot.tellLines(...told),
    fatal: (error) => assert.fail(String(error)),
  });
  lines.start();
  const bot = createDiscord({
    rest,
    replies,
    token: sandbox.botToken,
    apiUrl: sandbox.apiUrl,
    actions: plan.actions?.(real) ?? real,
    steering,
    limits: book,
    spent: (by) => spentBy(by, book, { store, clock, calendar }),
    accounting: createAccounting({ store, clock, calendar, limits: () => plan.limits ?? [] }),
    redelivery: createRedelivery({ store, files, writer, clock, wake: () => {} }),
    draw: plan.draw ?? createChart(),
    house,
    ruling,
    lines,
    reporting: createReporting({ store, clock: plan.clock ?? clock }),
    adminUserIds: plan.adminUserIds ?? [],
    admin: { status: plan.status ?? (() => Promise.reject(new Error('no status in this test'))) },
    conversations: store,
    recall: store.recall,
    remember: store.remember,
    observe,
    ...plan.options,
  });
  const stop = async () => {
    await bot.stop();
    await lines.stop();
    await sandbox.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
    assert.deepEqual(leavesPingsOpen(sandbox.journal), [], 'says whom it may ping');
  };
  if (plan.start !== false) {
    try {
      await bot.start();
      await sandbox.registered('veo');
    } catch (error) {
      await stop();
      throw error;
    }
  }
  const server = sandbox.createServer({ name: 'home' });
  const channel = server.createChannel({ name: 'films' });
  const ann = sandbox.createMember({ name: 'ann', in: server });
  const bob = sandbox.createMember({ name: 'bob', in: server });
  return {
    sandbox,
    bot,
    actions: real,
    settings,
    models,
    house,
    book,
    lines,
    pause,
    folder,
    store,
    writer,
    events,
    server,
    channel,
    ann,
    bob,
    jobs: (): Promise<Job[]> => store.inStates(['received', 'queued', 'generating', 'cancelled']),
    /** The first event, also an earlier one, that fits. */
    happened: (fits: (event: DiscordEvent) => boolean): Promise<DiscordEvent> =>
      changes.until(
        () => events.find(fits),
        10_000,
        () => `only: ${JSON.stringify(events)}`,
      ),
    /** The first change of a job, also an earlier one, that fits. */
    changed: (fits: (job: Job) => boolean): Promise<Job> =>
      changes.until(
        () => stored.find(fits),
        10_000,
        () => `only: ${stored.map((j) => j.state)}`,
      ),
    /** Puts the job's present picture into its reply, as the runner does. */
    async show(job: Job) {
      const fresh = (await store.find(job.id)) ?? job;
      return replies.show(fresh, AbortSignal.timeout(5_000));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

export type Running = Awaited<ReturnType<typeof running>>;
