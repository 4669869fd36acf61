/** How the bot can be watched from outside: health, metrics, and what is told of a video's end. */
import type { Config } from './config.ts';
import { linkedVideo } from './jobs/actions/linking.ts';
import type { Pause } from './jobs/admins/pause.ts';
import { createHints } from './jobs/hints.ts';
import type { Limit } from './jobs/money/spending.ts';
import type { Runner } from './jobs/runner.ts';
import { Health } from './ops/health.ts';
import { createHooks, type Hooks } from './ops/hooks.ts';
import type { Now } from './ops/metrics.ts';
import { createOps, OpsProblem } from './ops/server.ts';
import { createVideoPages, type VideoPages } from './ops/videoPages.ts';
import { type Parts, StartProblem } from './parts.ts';

export interface Watched {
  /** To be called at each change of the connection to Discord. */
  noteGateway(): void;
  /** @throws StartProblem where its port cannot be opened */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface WatchedParts {
  readonly runner: Pick<Runner, 'writer' | 'hurry' | 'turnedAt' | 'heldBy'>;
  readonly pause: Pick<Pause, 'now'>;
  readonly limits: () => readonly Limit[];
  readonly minFreeBytes: number;
  readonly isConnected: () => boolean;
  readonly takesCommands: () => boolean;
}

/** @param at where it is answered; null: nowhere */
export function createWatched(
  at: Config['ops'],
  parts: Pick<
    Parts,
    'store' | 'clock' | 'log' | 'metrics' | 'hookAddresses' | 'videoLinks' | 'files' | 'backups'
  >,
  { runner, pause, limits, minFreeBytes, isConnected, takesCommands }: WatchedParts,
): Watched {
  const { store, clock, metrics } = parts;
  const turnedAt = () => runner.turnedAt();
  const health = new Health({ store, clock, isConnected, turnedAt });

  async function now(): Promise<Now> {
    const [freeBytes, backupAt] = await Promise.all([
      parts.files.freeBytes().catch(() => null),
      parts.backups.newestAt().catch(() => 0),
    ]);
    return {
      ...{ gateway: isConnected(), commands: takesCommands() },
      heldBy: pause.now() === null ? runner.heldBy() : 'paused',
      ...{ limits: limits(), freeBytes, minFreeBytes, backupAt },
    };
  }

  const ops =
    at &&
    createOps({
      ...at,
      checks: () => health.checks(),
      ready: () => ({ gateway: isConnected(), commands: takesCommands() }),
      ...(metrics && { metrics: async () => metrics.page(await now()) }),
      hooks: hooksOf(parts, runner),
      videos: videoPagesOf(parts),
    });

  return {
    noteGateway: () => health.noteGateway(),
    async start() {
      if (ops === null) return;
      metrics?.start();
      await ops.start().catch((error: unknown) => {
        if (error instanceof OpsProblem) throw new StartProblem(error.message);
        throw error;
      });
    },
    async stop() {
      await ops?.stop();
      metrics?.stop();
    },
  };
}

function hooksOf(
  { store, clock, log, hookAddresses: addresses }: Parameters<typeof createWatched>[1],
  runner: WatchedParts['runner'],
): Hooks | null {
  if (addresses === null) return null;
  const { writer } = runner;
  const hints = createHints({ store, writer, clock, hurry: (job) => runner.hurry(job) });
  return createHooks({
    addresses,
    told: hints.told,
    onFault: (error) => log.error({ err: error }, 'what was told from outside is not taken'),
    onUnknown: (count) => log.info({ count }, 'calls to addresses that were never given out'),
  });
}

function videoPagesOf(parts: Parameters<typeof createWatched>[1]): VideoPages | null {
  const { videoLinks: links, files, clock, log } = parts;
  if (links === null) return null;
  return createVideoPages({
    links,
    now: clock.now,
    async find(jobId, givenAt) {
      const video = await linkedVideo(parts, jobId, givenAt);
      if (video === null) return null;
      return { path: files.path(video), sizeBytes: video.sizeBytes, sha256: video.sha256 };
    },
    onFault: (error) => log.error({ err: error }, 'a video cannot be given out'),
  });
}
