/** Draws what was spent as PNG, in a process of its own and one at a time. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DrawChart } from '../jobs/money/chart.ts';
import { chartSvg } from './svg.ts';

const WITHIN_MS = 10_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const program = fileURLToPath(new URL('./render.ts', import.meta.url));

export function createChart(withinMs: number = WITHIN_MS): DrawChart {
  let last: Promise<unknown> = Promise.resolve();
  return (chart, signal) => {
    const turn = last.then(() => render(chartSvg(chart), withinMs, signal)).catch(() => null);
    last = turn;
    return turn;
  };
}

/** @throws where the system has no room for another process, or takes its time */
async function render(
  svg: string,
  withinMs: number,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const child = spawn(process.execPath, [program], {
    // No environment: it holds the bot's token, and this program needs nothing of it.
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
    killSignal: 'SIGKILL',
  });
  const broken = new Promise<never>((_, reject) => child.once('error', reject));
  // One that ends before it has read everything is told by what it wrote.
  child.stdin.on('error', () => {});
  child.stdin.end(svg);
  const png = await Promise.race([buffer(child.stdout), broken]);
  return png.subarray(0, PNG.length).equals(PNG) ? png : null;
}
