/** A start that cannot succeed, as its operator sees it: one clear text and a code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startDiscord } from '../sandbox/discord/discord.ts';

const TOKEN = 'planted-bot-token.of-an.operator';
const KEY = 'sk-planted-key-of-an-operator';
const NOBODY = 'http://127.0.0.1:9';

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** In a working directory without an `.env`, unless a test puts one there. */
async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = folder,
): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH ?? '', OPS_PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  for (const secret of [TOKEN, KEY]) assert.ok(!(out + err).includes(secret), 'a secret is shown');
  return { code, out, err };
}

const main = resolve('src/main.ts');
const start = resolve('src/start.js');

describe('--check-config', () => {
  it('says that all is in order, and starts nothing', async () => {
    const env = { DISCORD_TOKEN: TOKEN, LITELLM_API_KEY: KEY, DISCORD_API_URL: NOBODY };
    const { code, out, err } = await run([main, '--check-config'], env);
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /^The configuration is in order: Omni 1\.2.* http:\/\/localhost:4000/);
    assert.equal(out.trim().split('\n').length, 1);
  });

  it('reads .env below the environment itself', async () => {
    const cwd = await mkdtemp(join(folder, 'env-'));
    const file = `DISCORD_TOKEN=${TOKEN}\nLITELLM_BASE_URL=http://from-file:4000\nLOG_LEVEL=debug\n`;
    await writeFile(join(cwd, '.env'), file);
    const fromFile = await run([main, '--check-config'], {}, cwd);
    assert.match(fromFile.out, /http:\/\/from-file:4000/);
    const env = { LITELLM_BASE_URL: 'http://from-env:4000' };
    const fromEnv = await run([main, '--check-config'], env, cwd);
    assert.match(fromEnv.out, /http:\/\/from-env:4000/);
  });

  it('says of a .env that cannot be read what to do', async () => {
    const cwd = await mkdtemp(join(folder, 'env-'));
    await mkdir(join(cwd, '.env'));
    const { code, err } = await run([main, '--check-config'], { DISCORD_TOKEN: TOKEN }, cwd);
    assert.equal(code, 1);
    assert.match(err, /^- \.env cannot be read \(EISDIR\): .* move it away/m);
  });

  it('says of a value that .env would cut short, or of a .env in UTF-16, what to do', async () => {
    const cwd = await mkdtemp(join(folder, 'env-'));
    const lines = [
      `DISCORD_TOKEN=${TOKEN} # mine`,
      `LITELLM_API_KEY=${KEY}#1`,
      'PRIVACY_URL="http://a/#b"',
    ];
    await writeFile(join(cwd, '.env'), `${lines.join('\r\n')}\r\n`);
    const cut = await run([main, '--check-config'], {}, cwd);
    assert.deepEqual(cut.err.trim().split('\n'), [
      'The configuration has a mistake:',
      '- LITELLM_API_KEY in .env holds a "#", which begins a comment: put the value in quotes.',
    ]);
    await writeFile(join(cwd, '.env'), lines.join('\n'), 'utf16le');
    const wide = await run([main, '--check-config'], {}, cwd);
    assert.match(wide.err, /^- \.env is saved as UTF-16: save it as UTF-8\.$/m);
  });

  it('says every mistake, and ends with code 1', async () => {
    const env = {
      DISCORD_TOKN: TOKEN,
      LITELLM_API_KEY: `${KEY} `.repeat(2),
      LITELLM_BASE_URL: 'p:4000',
    };
    const { code, out, err } = await run([main, '--check-config'], env);
    assert.equal(code, 1);
    assert.equal(out, '');
    const [head, ...mistakes] = err.trim().split('\n');
    assert.equal(head, 'The configuration has 4 mistakes:');
    assert.equal(mistakes.length, 4);
    for (const mistake of mistakes) assert.match(mistake, /^- [A-Z_]+ .*[.?]$/);
  });
});

describe('a start that fails', () => {
  it('for its configuration says so and ends with code 1, without a stack', async () => {
    const { code, out, err } = await run([main], { LITELLM_API_KEY: KEY });
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /^The configuration has a mistake:\n- DISCORD_TOKEN is missing: .*\n$/);
  });

  it('for its data folder says which and ends with code 1, before anybody is contacted', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const env = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: NOBODY, DATA_DIR: file };
    const { code, err } = await run([main], env);
    assert.equal(code, 1);
    assert.equal(err.trim().split('\n').length, 1, err);
    assert.match(err, /a-file/);
  });

  it('for a wrong token says where the right one is and ends with code 1', async () => {
    const discord = await startDiscord();
    try {
      const env = {
        DISCORD_TOKEN: TOKEN,
        DISCORD_API_URL: discord.apiUrl,
        LITELLM_BASE_URL: NOBODY,
        LITELLM_API_KEY: KEY,
      };
      const { code, err } = await run([main], env);
      assert.equal(code, 1);
      assert.match(err, /^Discord refuses the bot token: set DISCORD_TOKEN .*\n$/);
    } finally {
      await discord.stop();
    }
  });
});

describe('npm start', () => {
  const oldNode = (version: string): string =>
    `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

  it('goes through the file that an old Node can read', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    assert.match(scripts.start ?? '', /^node (--[a-z0-9-]+=\d+ )*src\/start\.js$/);
  });

  for (const version of ['20.20.2', '22.22.0']) {
    it(`on Node ${version} says what is needed and ends with code 1`, async () => {
      const { code, out, err } = await run(['--import', oldNode(version), start]);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(err, /^This bot needs Node 24 or newer; this is Node 2\d\.[\d.]+ .*\n$/);
      assert.ok(err.includes(version));
    });
  }

  it('on a Node that is new enough goes on', async () => {
    const env = { DISCORD_TOKEN: TOKEN, LITELLM_API_KEY: KEY };
    const { code, out } = await run([start, '--check-config'], env);
    assert.equal(code, 0);
    assert.match(out, /^The configuration is in order/);
  });
});
