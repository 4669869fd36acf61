/**
 * README.md's way to the first video, followed word by word in a fresh copy of the code, where PATH holds
 * little more than Node. Discord, its portal and the proxy are the stand-ins, reached by the documented
 * settings; what a person does by hand (cp, an editor, a browser) is done by the test as the words say.
 * `README_INSTALLS=1` runs `npm ci` too; otherwise the packages that are here are linked.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDiscord } from '../sandbox/discord/discord.ts';
import { startGoogle } from '../sandbox/google/google.ts';
import { eventually, hasVideo } from './asking.ts';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const installs = process.env.README_INSTALLS === '1';
/** A folder of a developer's, which no clone has. */
const notCloned = new Set(['.git', 'node_modules', '.env', '.cache', 'data']);
const MINUTE_MS = 60_000;

const [way = ''] =
  /^## From nothing to the first video[\s\S]*?(?=^### With Docker)/m.exec(readme) ?? [];
const steps = way
  .split(/^(?=\*\*\d\. )/m)
  .slice(1)
  .map((text) => ({
    text,
    commands: [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
      block.trim().split('\n'),
    ),
    /** What stands between backticks after "You see"; `…` is anything. */
    seen: [...(/You see[\s\S]*/.exec(text)?.[0].split(/\n\n/)[0] ?? '').matchAll(/`([^`]+)`/g)].map(
      ([, words = '']) => words,
    ),
  }));
const step = (nth: number) => {
  const found = steps[nth - 1];
  assert.ok(found, `README.md has a step ${nth}`);
  return found;
};

let folder: string;
let code: string;
let bare: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veo-readme-'));
  code = join(folder, 'veo-bot');
  bare = join(folder, 'bin');
  await cp(root, code, {
    recursive: true,
    filter: (path) => !notCloned.has(path.slice(root.length).split('/')[0] ?? ''),
  });
  await mkdir(bare);
  for (const tool of ['node', 'npm', 'npx', 'sh', 'env'])
    await symlink(await found(tool), join(bare, tool));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Where the machine has it, beside what npm adds to PATH for its scripts. */
async function found(tool: string): Promise<string> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const ownFirst = folders.filter((one) => !one.includes('node_modules'));
  for (const one of [...ownFirst, ...folders]) {
    const path = resolve(one, tool);
    if (
      await readFile(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error(`there is no ${tool} here`);
}

interface Ran {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function type(command: string, more: Readonly<Record<string, string>>): Ran {
  const kept = ['NODE_EXTRA_CA_CERTS', 'npm_config_registry', 'npm_config_cafile'].flatMap(
    (name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    },
  );
  const child = spawn(join(bare, 'sh'), ['-c', command], {
    cwd: code,
    env: { PATH: bare, HOME: process.env.HOME ?? folder, ...Object.fromEntries(kept), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    // So that Ctrl+C, and the end of the test, reach what npm has started too.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    process: child,
    output: () => output,
    ended: once(child, 'close').then(([code]) => code),
  };
}

function signal({ process: { pid, exitCode, signalCode } }: Ran, name: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, name);
}

/** Whether the output holds what README.md says is seen. */
function shows(output: string, words: string): boolean {
  const parts = words.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('\\S*')).test(output);
}

test('README.md leads from nothing to the first video', { timeout: 5 * MINUTE_MS }, async () => {
  assert.equal(steps.length, 7);
  const key = 'sk-a-secret-of-your-own';
  const google = await startGoogle({ proxyKey: key });
  const discord = await startDiscord();
  const server = discord.createServer({ name: 'Yours' });
  const channel = server.createChannel({ name: 'videos' });
  const you = discord.createMember({ name: 'You', admin: true });
  server.join(you);
  const addresses = {
    DISCORD_API_URL: discord.apiUrl,
    LITELLM_BASE_URL: google.url,
    OPS_PORT: String(await freePort()),
  };
  let bot: Ran | undefined;
  try {
    assert.deepEqual(step(2).commands, ['npm ci']);
    if (installs) {
      const ran = type('npm ci', {});
      assert.equal(await ran.ended, 0, ran.output());
    } else await symlink(join(root, 'node_modules'), join(code, 'node_modules'));

    assert.ok(step(3).commands.at(-1)?.includes(`LITELLM_MASTER_KEY=${key} `));
    assert.match(step(3).text, /http:\/\/localhost:4000\/health\/liveliness/);

    const [copy = '', check = '', doctor = ''] = step(4).commands;
    const [, from = '', to = ''] = /^cp (\S+) (\S+)$/.exec(copy) ?? [];
    await copyFile(join(code, from), join(code, to));
    const written = {
      DISCORD_TOKEN: discord.botToken,
      LITELLM_API_KEY: key,
      ADMIN_USER_IDS: you.id,
    };
    let env = await readFile(join(code, to), 'utf8');
    for (const [name, value] of Object.entries(written)) {
      assert.ok(step(4).text.includes(`\`${name}=\``), `README.md names ${name}`);
      const line = new RegExp(`^#?${name}=.*$`, 'm');
      assert.match(env, line);
      env = env.replace(line, `${name}=${value}`);
    }
    await writeFile(join(code, to), env);
    const checked = type(check, addresses);
    assert.equal(await checked.ended, 0, checked.output());
    const looked = type(doctor, addresses);
    assert.equal(await looked.ended, 0, looked.output());
    assert.ok(step(4).seen.length >= 4);
    for (const words of step(4).seen.filter((words) => words !== 'wrong')) {
      assert.ok(shows(checked.output() + looked.output(), words), `${words}\n${looked.output()}`);
    }

    const links = [...step(5).text.matchAll(/`(ok {5}invite[^`]*)`/g)].map(([, link = '']) => link);
    assert.equal(links.length, 2);
    for (const link of links)
      assert.ok(shows(looked.output(), link), `${link}\n${looked.output()}`);

    const [start = ''] = step(6).commands;
    bot = type(start, addresses);
    const said = bot.output;
    await eventually(() => step(6).seen.every((words) => shows(said(), words)), said(), 20_000);
    const asked = await you.types('/veo', { prompt: 'a cat playing with yarn' }, { in: channel });
    const reply = await asked.reply();
    const [line = ''] = [...step(7).text.matchAll(/`([^`]*\$[^`]*)`/g)].map(
      ([, words = '']) => words,
    );
    await reply.becomes(({ content }) => content.includes(line));
    await reply.becomes(hasVideo, 20_000);
    assert.match(reply.content, /charged/);
    assert.equal(google.paid.length, 1);
    assert.match(step(7).text, /`\/veo-admin status`/);
    const status = await you.types('/veo-admin status', {}, { in: channel });
    assert.match((await status.reply()).content, /1 video/);
    assert.deepEqual(discord.violations, []);

    assert.match(step(6).text, /Ctrl\+C stops it/);
    signal(bot, 'SIGINT');
    await bot.ended;
    assert.match(said(), /"msg":"stopping"/);
  } finally {
    if (bot !== undefined) signal(bot, 'SIGKILL');
    await Promise.all([discord.stop(), google.stop()]);
  }
});
