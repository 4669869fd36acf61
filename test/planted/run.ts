/**
 * `npm run test:planted`: plants each fault of the list in a copy of the source and demands that the
 * tests named for it fail, and that they pass without it. `-- --only WORDS` plants those with the words.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Found, nameOf, run } from './catch.ts';
import { Copy } from './copy.ts';
import type { Catcher, PlantedFault } from './fault.ts';
import { planted } from './list.ts';

interface Task {
  /** Null: nothing is wrong, and nothing may be noticed. */
  readonly fault: PlantedFault | null;
  readonly catcher: Catcher;
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: String(Math.max(2, availableParallelism())) },
  },
});
const startedAt = performance.now();
const chosen = planted.filter(({ what }) => what.includes(values.only));
const tasks: Task[] = [
  ...soundTests(chosen).map((catcher) => ({ fault: null, catcher })),
  ...chosen.flatMap((fault) => fault.caughtBy.map((catcher) => ({ fault, catcher }))),
];
const rows: Record<string, string>[] = [];
const wrong: string[] = [];

await Promise.all(Array.from({ length: Number(values['at-once']) }, work));
console.table(rows);
for (const one of wrong) console.log(one);
console.log(
  wrong.length === 0
    ? `${chosen.length} faults, all noticed`
    : `${wrong.length} of ${chosen.length} faults and their tests are not as they should be`,
);
console.log(`${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
if (wrong.length > 0) process.exitCode = 1;

async function work(): Promise<void> {
  const copy = await Copy.make();
  try {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      const { fault, catcher } = task;
      const search = () => run(catcher, copy.folder);
      tell(task, fault === null ? await search() : await copy.with(fault, search));
    }
  } finally {
    await copy.remove();
  }
}

function tell({ fault, catcher }: Task, { caught, by, output, ms }: Found): void {
  const what = fault?.what ?? 'nothing';
  const seconds = (ms / 1_000).toFixed(1);
  rows.push({
    planted: cut(what, 76),
    searched: nameOf(catcher),
    'noticed by': caught ? cut(by, 70) : fault === null ? '' : 'NOBODY',
    s: seconds,
  });
  const ok = caught === (fault !== null) ? 'ok  ' : 'FAIL';
  console.log(`${ok} ${seconds.padStart(5)} s  ${what} (${nameOf(catcher)})`);
  if (fault !== null && !caught) wrong.push(`not noticed by ${nameOf(catcher)}: ${what}`);
  if (fault === null && caught)
    wrong.push(`fails without any fault: ${nameOf(catcher)}\n${output}`);
}

/** Each file once, with all that is asked of it. */
function soundTests(faults: readonly PlantedFault[]): Catcher[] {
  const named = new Map<string, Set<string> | null>();
  let lives = 0;
  for (const catcher of faults.flatMap(({ caughtBy }) => caughtBy)) {
    if ('lives' in catcher) {
      lives = Math.max(lives, catcher.lives);
      continue;
    }
    const before = named.get(catcher.test);
    if (catcher.named === undefined || before === null) named.set(catcher.test, null);
    else named.set(catcher.test, new Set([...(before ?? []), ...catcher.named]));
  }
  const tests = [...named].map(([test, parts]): Catcher => {
    return parts === null ? { test } : { test, named: [...parts] };
  });
  return lives > 0 ? [...tests, { lives }] : tests;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
