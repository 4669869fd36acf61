/** docs/dependencies.md against what is declared and what is installed. */
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
}

const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};
const installed = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.startsWith('node_modules/') && link !== true)
  .map(([path, locked]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...locked }));
const page = await readFile('docs/dependencies.md', 'utf8');

/** The rows of both tables: package, why, what it may do, licence. */
const rows = [...page.matchAll(/^\| +`([^`]+)` +\| +(.+?) +\| +(.+?) +\| +(.+?) +\|$/gm)].map(
  ([, name = '', why = '', may = '', licence = '']) => ({ name, why, may, licence }),
);

async function licenceOf({
  path,
  license,
}: {
  path: string;
  license?: string | undefined;
}): Promise<string> {
  if (license !== undefined) return license;
  const text = await readFile(`${path}/package.json`, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { license?: string }).license ?? '';
}

const permissive =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Python-2\.0|MPL-2\.0)\b/;

/** Those whose package.json says it otherwise, with why they may be used all the same. */
const others: Readonly<Record<string, string>> = {
  // Shared libraries, used as they come and replaceable: LGPL-3.0-or-later allows it.
  '@img/sharp-libvips': 'LGPL-3.0-or-later',
  // Bitstream Vera's own, a permissive one.
  'dejavu-fonts-ttf': '',
};

describe('the packages', () => {
  it('are all on the page that says why they are there, and no others', () => {
    const declared = [packageJson.dependencies, packageJson.devDependencies].flatMap((of) =>
      Object.keys(of),
    );
    assert.deepEqual(rows.map(({ name }) => name).toSorted(), declared.toSorted());
    const [running = ''] = page.split('## For developing');
    for (const name of Object.keys(packageJson.dependencies)) {
      assert.ok(running.includes(`\`${name}\``), `${name} runs in the bot`);
    }
  });

  it('are of exact versions, each with a hash in the lockfile', () => {
    for (const [name, version] of Object.entries({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
    })) {
      assert.match(version, /^(\d+\.\d+\.\d+|file:.+)$/, name);
    }
    for (const { path, integrity } of installed) assert.match(integrity ?? '', /^sha512-/, path);
  });

  it('have the licences that the page says', async () => {
    for (const { name, licence } of rows) {
      const locked = installed.find(({ path }) => path === `node_modules/${name}`);
      if (locked === undefined) continue; // our own
      const said = await licenceOf(locked);
      if (name in others) continue;
      assert.equal(licence, said.replace(/^\(|\)$/g, ''), name);
    }
  });

  it('have permissive licences, those that others brought as well', async () => {
    assert.ok(installed.length > 100);
    const wrong: string[] = [];
    for (const one of installed) {
      const licence = await licenceOf(one);
      const known = Object.keys(others).some((name) => one.name.startsWith(name));
      // Of another platform and silent about it in the lockfile: not here to be asked.
      const away =
        licence === '' &&
        (await access(one.path).then(
          () => false,
          () => true,
        ));
      if (!permissive.test(licence) && !known && !away)
        wrong.push(`${one.name}: ${licence || 'none'}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('that would run a script when they are installed are all forbidden to', async () => {
    const wanting = installed.filter(({ hasInstallScript }) => hasInstallScript === true);
    const allowed: Readonly<Record<string, boolean>> = packageJson.allowScripts;
    // npm invents one for what has a binding.gyp, which the lockfile does not tell.
    const named = new Set([...wanting.map(({ name }) => name), 'better-sqlite3']);
    assert.ok(Object.values(allowed).every((may) => may === false));
    assert.deepEqual(
      [...named].filter((name) => !(name in allowed) && name !== 'fsevents'),
      [],
    );
    assert.match(await readFile('.npmrc', 'utf8'), /^ignore-scripts=true$/m);
  });
});
