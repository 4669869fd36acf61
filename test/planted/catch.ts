/** Runs a test file, or lives of the simulation, and tells whether something was noticed. */
import { spawn } from 'node:child_process';
import type { Catcher } from './fault.ts';

export interface Found {
  readonly caught: boolean;
  /** The first test that failed, or the promise that did not hold; where all is well, nothing. */
  readonly by: string;
  readonly output: string;
  readonly ms: number;
}

/** Each test is given up after this; a fault may well be one that never ends. */
const TEST_MS = 40_000;
const ALL_MS = 150_000;

export async function run(catcher: Catcher, folder: string): Promise<Found> {
  const startedAt = performance.now();
  // Its own group, for its tests have processes of their own.
  const child = spawn(process.execPath, argumentsOf(catcher), {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  const limit = setTimeout(end, ALL_MS);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  clearTimeout(limit);
  end();
  return {
    caught: code !== 0,
    by: code === null ? 'it did not end' : code === 0 ? '' : firstIn(output),
    output,
    ms: performance.now() - startedAt,
  };
}

/** In words, for the table. */
export function nameOf(catcher: Catcher): string {
  return 'lives' in catcher ? `${catcher.lives} simulated lives` : catcher.test;
}

function argumentsOf(catcher: Catcher): string[] {
  if ('lives' in catcher) return ['test/simulation/run.ts', '--lives', String(catcher.lives)];
  const named = (catcher.named ?? []).map(
    (part) => `--test-name-pattern=${part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`,
  );
  const how = ['--test-reporter=tap', `--test-timeout=${TEST_MS}`];
  return ['--test', ...how, ...named, catcher.test];
}

/** The innermost test is told first; what a life has broken is told with its seed. */
function firstIn(output: string): string {
  const life = /^seed \d+: (.*)$/m.exec(output);
  if (life?.[1] !== undefined) return life[1];
  const failed = /^\s*not ok \d+ - (.*)$/m.exec(output);
  return failed?.[1]?.replace(/\\(.)/g, '$1') ?? 'it broke off';
}
