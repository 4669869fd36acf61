/** Tools that find nothing are green: each is shown something that it has to find. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, it } from 'node:test';

interface Found {
  readonly code: number;
  readonly output: string;
}

/** Runs one of our tools, with our own settings, over a folder that holds just these files. */
async function run(
  tool: string,
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'guards-'));
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await new Promise((done) => {
      execFile(resolve('node_modules/.bin', tool), args, { cwd: folder }, (error, out, err) => {
        done({ code: error === null ? 0 : 1, output: out + err });
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('npm run check', { concurrency: 2 }, () => {
  it('refuses TypeScript that Node cannot erase', async () => {
    const found = await run('tsc', ['--noEmit'], {
      'tsconfig.json': await readFile('tsconfig.json', 'utf8'),
      'src/a.ts': 'export enum Color { Red }\n',
      'test/a.ts': 'export {};\n',
    });
    assert.equal(found.code, 1);
    assert.match(found.output, /erasableSyntaxOnly/);
  });

  it('refuses a field that may be missing', async () => {
    const found = await run('tsc', ['--noEmit'], {
      'tsconfig.json': await readFile('tsconfig.json', 'utf8'),
      'src/a.ts': "export const first: string = ['a'][0];\n",
    });
    assert.equal(found.code, 1);
  });

  it('finds an export, a file and a package that nobody uses', async () => {
    const found = await run('knip', [], {
      'package.json': '{"name":"x","type":"module","dependencies":{"pino":"10.4.0"}}',
      'knip.json': '{"entry":["src/main.ts"],"project":["src/**"]}',
      'src/main.ts': "import { used } from './a.ts';\nconsole.log(used);\n",
      'src/a.ts': 'export const used = 1;\nexport const spare = 2;\n',
      'src/forgotten.ts': 'export const nobody = 3;\n',
    });
    assert.equal(found.code, 1);
    for (const what of [/spare/, /forgotten\.ts/, /pino/]) assert.match(found.output, what);
  });

  it('finds a type escape and an import in a circle', async () => {
    const rules = JSON.parse(await readFile('biome.json', 'utf8')) as Record<string, unknown>;
    const { vcs: _vcs, $schema: _schema, ...alone } = rules;
    const found = await run('biome', ['check'], {
      'biome.json': JSON.stringify(alone),
      'src/jobs/a.ts': "import { b } from './b.ts';\n\nexport const a: any = b;\n",
      'src/jobs/b.ts': "import { a } from './a.ts';\n\nexport const b: unknown = a;\n",
    });
    assert.equal(found.code, 1);
    for (const what of [/noExplicitAny/, /noImportCycles/]) assert.match(found.output, what);
  });
});
