/** Runs convert.ts, one at a time: two large pictures at once would need twice the memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PictureTrouble } from '../../jobs/reasons.ts';
import { onDisk } from '../errors.ts';
import type { Size } from './heic.ts';

export type Converted =
  | ({ readonly ok: true } & Size)
  | { readonly ok: false; readonly why: PictureTrouble };

export type Convert = (from: string, to: string, signal: AbortSignal) => Promise<Converted>;

/** What the models make is smaller; more would only make every look at the job longer. */
const LONGEST_SIDE = 2048;
/** A telephone's largest. A bomb of a few kilobytes can hold a hundred times as many. */
export const MOST_PIXELS = 64_000_000;
const WITHIN_MS = 30_000;

const program = fileURLToPath(new URL('./convert.ts', import.meta.url));
const answer = z.union([
  z.object({ width: z.int().positive(), height: z.int().positive() }),
  z.object({ problem: z.enum(['too large', 'broken']) }),
]);

/** @param withinMs after which a picture counts as too large to be worked on */
export function createConverter(withinMs: number = WITHIN_MS): Convert {
  let last: Promise<unknown> = Promise.resolve();
  return (from, to, signal) => {
    const turn = last.then(async () => read(await run(from, to, withinMs, signal)));
    last = turn.catch(() => {});
    return turn;
  };
}

interface Ran {
  readonly output: string;
  readonly tookTooLong: boolean;
}

function read({ output, tookTooLong }: Ran): Converted {
  if (tookTooLong) return { ok: false, why: 'picture too large' };
  const said = answer.safeParse(parsed(output));
  // Without an answer the program itself broke on it.
  if (!said.success) return { ok: false, why: 'no picture' };
  if ('problem' in said.data) {
    const isLarge = said.data.problem === 'too large';
    return { ok: false, why: isLarge ? 'picture too large' : 'no picture' };
  }
  return { ok: true, ...said.data };
}

/** @throws StorageFull where the system has no room for another process */
async function run(from: string, to: string, withinMs: number, signal: AbortSignal): Promise<Ran> {
  if (signal.aborted) return { output: '', tookTooLong: false };
  // Some refusals of the system are told by an event, others (no memory) are thrown.
  return await onDisk(async () => {
    const child = spawn(
      process.execPath,
      [program, from, to, String(LONGEST_SIDE), String(MOST_PIXELS)],
      // No environment: it holds the bot's token, and this program needs nothing of it.
      { env: {}, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return await finished(child, withinMs, signal);
  });
}

function finished(child: ChildProcess, withinMs: number, signal: AbortSignal): Promise<Ran> {
  return new Promise((resolve, reject) => {
    let output = '';
    let tookTooLong = false;
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(() => {
      tookTooLong = true;
      kill();
    }, withinMs);
    signal.addEventListener('abort', kill, { once: true });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      resolve({ output, tookTooLong });
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
