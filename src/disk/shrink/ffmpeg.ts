/** One run of ffmpeg over one kept video: in a process of its own, in bounds, without a shell. */
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import type { Video } from '../../jobs/job.ts';
import type { ShrinkPlan } from '../../jobs/shrinking.ts';
import { onDisk } from '../errors.ts';
import type { Ffmpeg } from './find.ts';

export type Ran =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly how: string }
  | { readonly kind: 'stopped' };

export interface Run {
  readonly from: string;
  /** Written anew. */
  readonly to: string;
  readonly video: Video;
  readonly plan: ShrinkPlan;
  readonly withinMs: number;
}

const LOOK_EVERY_MS = 250;
/** However much a broken ffmpeg writes, it is ended then. */
const MOST_TIMES_THE_LIMIT = 4;
const FULL_HD = 1_920 * 1_080;

/** Eight seconds of 1080p take about eight, on two cores that have nothing else to do. */
export function timeFor({ durationMs, width, height }: Video): number {
  const effort = Math.max(1, (width * height) / FULL_HD);
  return Math.min(60_000 + 15 * durationMs * effort, 15 * 60_000);
}

/** @throws StorageFull where the system has no room for another process */
export async function runFfmpeg(ffmpeg: Ffmpeg, run: Run, signal: AbortSignal): Promise<Ran> {
  if (signal.aborted) return { kind: 'stopped' };
  return onDisk(
    () =>
      new Promise<Ran>((resolve, reject) => {
        // No environment: it holds the bot's token.
        const child = spawn(ffmpeg.command, [...ffmpeg.args, ...argumentsFor(run)], {
          env: {},
          stdio: 'ignore',
        });
        let ended: Ran | null = null;
        const end = (as: Ran): void => {
          ended ??= as;
          child.kill('SIGKILL');
        };
        const stop = (): void => end({ kind: 'stopped' });
        const late = setTimeout(() => end({ kind: 'failed', how: 'took too long' }), run.withinMs);
        const mostBytes = run.plan.maxBytes * MOST_TIMES_THE_LIMIT;
        const watch = setInterval(() => {
          void sizeOf(run.to).then((sizeBytes) => {
            if (sizeBytes > mostBytes) end({ kind: 'failed', how: 'wrote too much' });
          });
        }, LOOK_EVERY_MS);
        signal.addEventListener('abort', stop, { once: true });
        const over = (): void => {
          clearTimeout(late);
          clearInterval(watch);
          signal.removeEventListener('abort', stop);
        };
        child.once('error', (error) => {
          over();
          reject(error);
        });
        child.once('close', (code, killedBy) => {
          over();
          if (ended !== null) return resolve(ended);
          const how = killedBy ?? `code ${code}`;
          resolve(code === 0 ? { kind: 'done' } : { kind: 'failed', how });
        });
        if (child.pid !== undefined) makeNice(child.pid);
      }),
  );
}

/** Source: ffmpeg's own documentation, version 5.1; rates and preset as measured. */
function argumentsFor({ from, to, video, plan, withinMs }: Run): string[] {
  const { videoBitsPerSecond, audioBitsPerSecond, shorterSide } = plan;
  const rate = String(videoBitsPerSecond);
  const isWide = video.width >= video.height;
  const scaled = isWide ? `scale=-2:${shorterSide}` : `scale=${shorterSide}:-2`;
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y'],
    // Of the processor, on all cores.
    ...['-timelimit', String(Math.ceil((withinMs * 4) / 1_000))],
    // A file of any other form is not what was checked; and it names no other file.
    ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', `file:${from}`],
    ...['-map', '0:v:0', '-map', '0:a:0?', '-sn', '-dn'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate],
    ...(shorterSide === null ? [] : ['-vf', scaled]),
    ...(audioBitsPerSecond > 0 ? ['-c:a', 'aac', '-b:a', String(audioBitsPerSecond)] : []),
    ...['-movflags', '+faststart', '-f', 'mp4', `file:${to}`],
  ];
}

/** Whoever else works here goes first. */
function makeNice(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It is over already, or this system does not let us.
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
