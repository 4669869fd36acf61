/** JSON lines on standard output, one story per job id: never a prompt, token or key. */
import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import type { DiscordEvent } from './discord/observe.ts';
import type { JobEvent } from './jobs/ports/observe.ts';

export type Log = ReturnType<typeof createLog>;

/** Kept where the log cannot be written, and written once it can. What is beyond is lost. */
const MOST_KEPT_CHARS = 1_000_000;

/** Written synchronously, so that a crash loses no line. A log on a full disk ends no paid call. */
export function createLog(level: LogLevel) {
  const out = pino.destination({ dest: 1, sync: true, maxLength: MOST_KEPT_CHARS });
  out.on('error', () => {});
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // A net below the rule that none of these is ever handed to the log.
      redact: {
        paths: [
          'token',
          'key',
          'prompt',
          '*.token',
          '*.key',
          '*.prompt',
          '*.*.token',
          '*.*.prompt',
        ],
        censor: '[removed]',
      },
    },
    out,
  );
}

/** What of a job may stand in a log. */
export function logJobEvent(log: Log, event: JobEvent): void {
  switch (event.kind) {
    case 'change': {
      const { job, from, note } = event;
      const line = { job: job.id, from, state: job.state, event: note.event, ...note.detail };
      if (job.state === from) log.debug(line, 'job');
      else log.info(line, 'job');
      return;
    }
    case 'step': {
      const { job, step, tookMs, found } = event;
      log.debug({ job: job.id, step, tookMs, found }, 'step');
      return;
    }
    case 'alarm': {
      // The service's own words could hold anything; `/veo-admin status` shows them.
      const { said: _said, ...detail } = event.detail ?? {};
      log.error({ job: event.job?.id, alarm: event.what, ...detail }, 'an admin should know');
      return;
    }
    case 'stale':
      log.debug({ job: event.job.id, step: event.step }, 'somebody else was faster');
      return;
    default:
      event satisfies never;
  }
}

export function logDiscordEvent(log: Log, event: DiscordEvent): void {
  const { kind, ...rest } = event;
  const quiet = kind === 'commands' || (kind === 'gateway' && event.what !== 'fatal');
  log[quiet ? 'info' : 'warn'](rest, `discord: ${kind}`);
}
