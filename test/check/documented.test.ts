/** Every command in README.md and docs/operating.md: its scripts, settings and files are there; what can run is run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { names } from '../../src/config/variables.ts';
import { COPIED_AT } from '../../src/jobs/restored.ts';
import { openStore } from '../../src/sqlite/store.ts';

const pages = ['README.md', 'docs/operating.md', 'docs/dependencies.md'];
const texts = await Promise.all(
  pages.map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
);

/** The lines of ```sh blocks, and what stands between backticks and begins like a command. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const begins = 'npm|npx|node|cp|docker|grep|journalctl|systemctl|pip|\\.ci/run';
  const inline = [...text.replace(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, command = '']) => command.replaceAll('\n', ' '),
  );
  const lines = [...blocks, ...inline.filter((one) => new RegExp(`^(${begins})(?= |$)`).test(one))];
  return lines
    .flatMap((line) => line.replace(/ +#.*$/, '').split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const commands = texts.flatMap(({ path, text }) =>
  commandsIn(text).map((command) => ({ path, command })),
);

/** Programs that an operator has; whether they do it cannot be told here. */
const elsewhere =
  /^(python3 -m venv|\S*\bpip install|GEMINI_API_KEY=\S+ LITELLM_MASTER_KEY=\S+ \S*litellm|mkdir|mv|chmod 600 \/etc|systemctl|systemd-run|journalctl|git|docker|install -m 600 \.env |npm (ci|audit)\b)/;

describe('a documented command', () => {
  it('is found', () => assert.ok(commands.length >= 15));

  for (const { path, command } of commands) {
    it(`of ${path} can be typed: ${command}`, async () => {
      const [, script] = /^npm (?:run (?:-s )?)?([\w:]+)/.exec(command) ?? [];
      const isOfNpm = ['ci', 'audit', 'install', 'sbom'].includes(script ?? '');
      if (script !== undefined && !isOfNpm) assert.ok(script in packageJson.scripts, script);
      const [, file] = /\bnode (\S+\.[jt]s)/.exec(command) ?? [];
      if (file !== undefined) await access(file);
      for (const [, name = ''] of command.matchAll(/\b([A-Z][A-Z_]{3,})=/g)) {
        const others = ['GEMINI_API_KEY', 'LITELLM_MASTER_KEY', 'WITH_FFMPEG'];
        assert.ok([...names, ...others].includes(name), name);
      }
      const [, from] = /^cp (?:-\w+ )?(\S+)/.exec(command) ?? [];
      // Of the bot's own data folder, which is tried below.
      if (from !== undefined && !from.startsWith('backups/')) await access(from);
      const isKnown = script !== undefined || file !== undefined || from !== undefined;
      assert.ok(
        isKnown || elsewhere.test(command) || command === '.ci/run',
        'a command nobody knows',
      );
    });
  }

  it('with a build argument names one of the Dockerfile', async () => {
    const dockerfile = await readFile('Dockerfile', 'utf8');
    const given = commands.flatMap(({ command }) => [...command.matchAll(/--build-arg (\w+)=/g)]);
    assert.ok(given.length > 0);
    for (const [, name] of given) assert.match(dockerfile, new RegExp(`^ARG ${name}=`, 'm'));
  });
});

describe('a command that needs no account', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veo-documented-'));
  after(() => rm(folder, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, DISCORD_TOKEN: 'a.b.c', DATA_DIR: folder, OPS_PORT: '0' };
  const run = (more: Readonly<Record<string, string>>, ...args: string[]) =>
    spawnSync(
      process.execPath,
      args.map((arg) => (arg.endsWith('s') ? resolve(arg) : arg)),
      {
        ...{ env: { ...env, ...more }, cwd: folder, encoding: 'utf8' },
      },
    );

  it('is npm start -- --check-config', () => {
    const { stdout, status } = run({}, 'src/start.js', '--check-config');
    assert.match(stdout, /^The configuration is in order: .* data in /);
    assert.equal(status, 0);
  });

  it('is npm run doctor, here without Discord and a proxy', () => {
    const more = {
      DISCORD_API_URL: 'http://127.0.0.1:9/api',
      LITELLM_BASE_URL: 'http://127.0.0.1:9',
    };
    const { stdout, status } = run(more, ...packageJson.scripts.doctor.split(' ').slice(1));
    assert.match(stdout, /^wrong {2}Discord: .*\n(.*\n)*wrong {2}proxy: /m);
    assert.equal(status, 1);
  });

  it('is npm run backup', async () => {
    await (await openStore({ path: join(folder, 'bot.db') })).close();
    const { stdout, status } = run({}, ...packageJson.scripts.backup.split(' ').slice(1));
    assert.match(stdout, /^The database was copied to /);
    assert.equal(status, 0);
    const [, name = ''] = /backups\/(bot-[\d-]+\.db)\.$/m.exec(stdout) ?? [];

    // And what puts it back, also where the bot was killed and left its log.
    await writeFile(join(folder, 'bot.db-wal'), '');
    const page = texts.find(({ path }) => path === 'docs/operating.md')?.text ?? '';
    const [, block = ''] = /```sh\n(mkdir away\n[\s\S]*?)```/.exec(page) ?? [];
    const lines = block.replace(/bot-\d{4}-\d\d-\d\d\.db/, name);
    // Typed by a person, whose shell finds `mkdir` and `mv` wherever these tests run.
    const PATH = `${process.env.PATH}:/usr/bin:/bin`;
    const shell = spawnSync('sh', ['-ec', lines], { cwd: folder, encoding: 'utf8', env: { PATH } });
    assert.deepEqual([shell.status, shell.stderr], [0, '']);
    assert.deepEqual(
      (await readdir(folder)).filter((file) => file.startsWith('bot.db')),
      ['bot.db'],
    );
    const store = await openStore({ path: join(folder, 'bot.db') });
    assert.notEqual(await store.recall(COPIED_AT), null);
    await store.close();
  });
});

describe('a file or folder that is named', async () => {
  const folders = ['src', 'test', 'docs', 'deploy', 'tools/node24'];
  const below = folders.map(async (folder) =>
    (await readdir(folder, { recursive: true })).map((name) => join(folder, name)),
  );
  const files = [...(await readdir('.')), ...folders, ...(await Promise.all(below)).flat()];
  const last = (path: string) => path.split('/').at(-1);
  /** From the root or from src; a bare name anywhere. */
  const isThere = (name: string) =>
    [name, join('src', name)].some((path) => files.includes(path)) ||
    (!name.includes('/') && files.some((file) => last(file) === name));

  const file = /(?<![\w./-])(?:[\w-]+\/)*[\w-]+\.(?:ts|js|json|ya?ml|service|md|png)\b/g;
  const folder =
    /(?<![\w./*-])(?:src|test|docs|deploy|jobs|discord|litellm|disk|sqlite)(?:\/[\w-]+)*(?=\/(?![\w{*<]))/g;
  const inTree = /(?<![\w./-])\w+(?=\/(?: |$))/gm;
  const docs = (await readdir('docs')).filter((name) => name.endsWith('.md'));

  for (const path of [
    ...['README.md', 'CHANGELOG.md', 'PRIVACY.md'],
    ...docs.map((name) => join('docs', name)),
  ]) {
    it(`in ${path} is there`, async () => {
      const text = (await readFile(path, 'utf8')).replaceAll(/\]\([^)]*\)/g, ']');
      const tree = /^```\nsrc\/\n[\s\S]*?^```/m.exec(text)?.[0] ?? '';
      const found = [...text.matchAll(file), ...text.matchAll(folder), ...tree.matchAll(inTree)];
      const names = found.map(([name]) => name).filter((name) => name !== 'discord.js');
      assert.deepEqual(
        names.filter((name) => !isThere(name)),
        [],
      );
      if (path === 'docs/architecture.md') assert.ok(names.length > 100, `${names.length}`);
    });
  }
});

describe('a link or a setting', () => {
  for (const { path, text } of texts) {
    it(`in ${path} leads to something`, async () => {
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
        await access(join(path, '..', target));
      }
      const settings = [
        ...text.matchAll(
          /`((?:DISCORD|LITELLM|VIDEO|ADMIN|DATA|LOG|OPS|PUBLIC|PRIVACY|KEEP|BACKUPS|POLLS?|MAX|QUEUE|GENERATE|MIN|PICTURE|CHANGE)_[A-Z_]+)(?:=[^`]*)?`/g,
        ),
      ];
      const others = ['LITELLM_MASTER_KEY'];
      for (const [, name = ''] of settings) assert.ok([...names, ...others].includes(name), name);
    });
  }
});
