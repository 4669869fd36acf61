/**
 * `npm run bench`: the promises, measured, each beside its target and, where one tells something,
 * beside a plain way of doing the same in the same run. `-- memory restart` measures only those;
 * `-- flat --jobs 10000` as many videos as the promise says, in about six minutes.
 *
 * Fails for what is counted (looks, polls, memory). What the clock says is shown and fails
 * nothing: on a busy machine it tells about the machine. Read those rows against their baseline.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import * as acknowledging from './acknowledging.ts';
import * as flat from './flat.ts';
import * as memory from './memory.ts';
import * as noticing from './noticing.ts';
import * as posting from './posting.ts';
import * as restart from './restart.ts';
import type { Row } from './row.ts';
import { removeWritten } from './waiting.ts';
import * as year from './year.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2000' } },
});

const measures: readonly (readonly [name: string, measure: () => Promise<Row[]>])[] = [
  ['noticing', noticing.measure],
  // First of the real bot's: it leaves Node's compile cache filled, as any start but the first.
  ['restart', restart.measure],
  ['posting', posting.measure],
  ['acknowledging', acknowledging.measure],
  ['memory', memory.measure],
  ['flat', () => flat.measure(Number(values.jobs))],
  ['year', year.measure],
];

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function mark({ ok, byTheClock }: Row): string {
  if (ok) return 'ok  ';
  return byTheClock ? 'slow' : 'FAIL';
}

function show(row: Row): void {
  console.log(`${mark(row)} ${row.what}`);
  console.log(`       target    ${row.target}${row.byTheClock ? ' (by the clock)' : ''}`);
  console.log(`       measured  ${row.measured}`);
  if (row.baseline !== undefined) console.log(`       baseline  ${row.baseline}`);
}

async function run(names: readonly string[]): Promise<boolean> {
  const wanted = measures.filter(([name]) => names.length === 0 || names.includes(name));
  console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${load()}\n`);
  const rows: Row[] = [];
  for (const [, measure] of wanted) {
    for (const row of await measure()) {
      show(row);
      rows.push(row);
    }
  }
  const slow = rows.filter((row) => !row.ok && row.byTheClock).length;
  const failed = rows.filter((row) => !row.ok && !row.byTheClock).length;
  console.log(`\n${rows.length} rows, ${slow} slow, ${failed} failed; load ${load()}`);
  return wanted.length > 0 && failed === 0;
}

try {
  if (!(await run(positionals))) process.exitCode = 1;
} catch (error) {
  console.error(error);
  // What was started to measure against would keep this process alive.
  process.exit(1);
} finally {
  await removeWritten();
}
