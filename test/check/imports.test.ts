/** The import rules are only as good as the tool behind them: each is shown a planted fault. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';

const biome = resolve('node_modules/.bin/biome');

/** What the rules say of one file of one line, in a folder that has nothing but our rules. */
async function said(path: string, line: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  try {
    const rules = JSON.parse(await readFile('biome.json', 'utf8')) as Record<string, unknown>;
    const { vcs: _vcs, $schema: _schema, ...alone } = rules;
    await writeFile(join(folder, 'biome.json'), JSON.stringify(alone));
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${line}\n`);
    return await new Promise((done) => {
      execFile(
        biome,
        ['lint', '--only=style/noRestrictedImports'],
        { cwd: folder },
        (_, out, err) => done(out + err),
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const planted: readonly [path: string, line: string, reason: RegExp][] = [
  ['src/jobs/a.ts', "export { openStore } from '../sqlite/store.ts';", /jobs\/ is what we do/],
  ['src/jobs/a.ts', "export { REST } from 'discord.js';", /jobs\/ is what we do/],
  ['src/jobs/steps/a.ts', "export { x } from '../../log.ts';", /jobs\/ is what we do/],
  ['src/discord/a.ts', "export { openStore } from '../sqlite/store.ts';", /Adapters never meet/],
  [
    'src/discord/commands/a.ts',
    "export { x } from '../../litellm/http.ts';",
    /Adapters never meet/,
  ],
  ['src/discord/a.ts', "export { request } from 'undici';", /vendor's package stays in its folder/],
  ['src/discord/a.ts', "export { default } from 'sharp';", /vendor's package stays in its folder/],
  ['src/discord/a.ts', "export { x } from '../chart/chart.ts';", /Adapters never meet/],
  ['src/chart/a.ts', "export { x } from '../discord/rest.ts';", /Adapters never meet/],
  ['src/chart/a.ts', "export { default } from 'sharp';", /vendor's package stays in its folder/],
  ['src/app.ts', "export { Resvg } from '@resvg/resvg-js';", /resvg in chart/],
  ['src/litellm/a.ts', "export { x } from '../config.ts';", /Imports go inward/],
  ['src/disk/a.ts', "export { default } from 'better-sqlite3';", /vendor's package stays/],
  ['src/sqlite/a.ts', "export { x } from '../app.ts';", /Imports go inward/],
  ['src/app.ts', "export { x } from './main.ts';", /main\.ts is the process/],
  ['src/app.ts', "export { REST } from 'discord.js';", /vendor's package stays/],
  ['src/app.ts', "export { Registry } from 'prom-client';", /vendor's package stays/],
  ['src/helpers/a.ts', "export { x } from '../jobs/job.ts';", /A folder without a rule/],
];

describe('the import rules', { concurrency: 2 }, () => {
  for (const [path, line, reason] of planted) {
    it(`refuse ${line} in ${path} and say why`, async () => {
      assert.match(await said(path, line), reason);
    });
  }

  it('let through what they should', async () => {
    const found = await said(
      'src/jobs/steps/a.ts',
      "export { x } from '../job.ts';\nexport { randomInt } from 'node:crypto';",
    );
    assert.doesNotMatch(found, /noRestrictedImports/);
  });
});
