/** `npm run check`: what needs no running bot. Everything is run, then everything wrong is shown. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Check {
  readonly what: string;
  readonly run: () => Promise<{ readonly ok: boolean; readonly output: string }>;
}

function tool(what: string, command: string, ...args: readonly string[]): Check {
  return {
    what,
    run: () =>
      new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding('utf8').on('data', (text: string) => {
            output += text;
          });
        }
        child.once('error', reject);
        child.once('close', (code) => resolve({ ok: code === 0, output }));
      }),
  };
}

/** An address in the lockfile binds everybody to one registry. */
const lockfile: Check = {
  what: 'lockfile without addresses',
  run: async () => {
    const lines = readFileSync('package-lock.json', 'utf8').split('\n');
    const found = lines.filter((line) => line.includes('://') && !/"(url|funding)":/.test(line));
    return { ok: found.length === 0, output: found.slice(0, 5).join('\n') };
  },
};

const checks: readonly Check[] = [
  tool('format, lint and import rules', 'biome', 'check', '--error-on-warnings'),
  tool('types', 'tsc', '--noEmit'),
  tool('unused code and packages', 'knip'),
  tool('texts', process.execPath, '--test', '--test-reporter=dot', 'test/discord/texts.test.ts'),
  lockfile,
];

const results = await Promise.all(
  checks.map(async (check) => ({ what: check.what, ...(await check.run()) })),
);
for (const { what, ok, output } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (!ok) console.log(output.replace(/^/gm, '     '));
}
if (results.some(({ ok }) => !ok)) process.exitCode = 1;
