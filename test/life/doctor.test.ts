/** `npm run doctor` as a process, between the stand-ins: what its operator reads, and its code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { startWorld, type World } from './world.ts';

const program = fileURLToPath(new URL('../../src/doctor.ts', import.meta.url));
const KEY = 'sk-planted-key-of-an-operator';
const WRONG_KEY = 'sk-planted-wrong-key';
const WRONG_TOKEN = 'planted-wrong-token.of-an.operator';

interface Told {
  readonly code: number | null;
  /** By their first word. */
  readonly lines: Readonly<Record<'ok' | 'look' | 'wrong', readonly string[]>>;
  readonly last: string;
}

async function doctor(
  world: World,
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
): Promise<Told> {
  const child = spawn(process.execPath, [...nodeArgs, program], {
    cwd: world.dataDir,
    env: { PATH: process.env.PATH ?? '', ...world.env, LITELLM_API_KEY: KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  assert.equal(err, '');
  for (const secret of [world.discord.botToken, KEY, WRONG_KEY, WRONG_TOKEN]) {
    assert.ok(!out.includes(secret), 'a secret is shown');
  }
  const all = out.trim().split('\n');
  const of = (verdict: string) =>
    all.filter((line) => line.startsWith(verdict)).map((line) => line.slice(7));
  const lines = { ok: of('ok '), look: of('look '), wrong: of('wrong ') };
  return { code, lines, last: all.at(-1) ?? '' };
}

const aboutFfmpeg = (line: string): boolean => line.startsWith('ffmpeg: ');

describe('the doctor', { concurrency: 2 }, () => {
  it('says of a new installation that all is well, and leaves nothing behind', async () => {
    await using world = await startWorld({ google: { proxyKey: KEY } });
    const before = await readdir(world.dataDir);
    const { code, lines, last } = await doctor(world, { ADMIN_USER_IDS: world.ann.id });
    assert.deepEqual(lines.wrong, []);
    assert.deepEqual(
      lines.look.filter((line) => !aboutFfmpeg(line)),
      [],
    );
    assert.deepEqual([code, last], [0, 'The bot can work.']);
    assert.deepEqual(
      lines.ok.filter((line) => !aboutFfmpeg(line)).map((line) => line.split(':')[0]),
      [
        ...['Node', 'configuration', 'time zone', 'admins', 'data folder', 'room', 'running'],
        ...['database', 'health checks', 'token', 'intents', 'invite', 'invite to oneself'],
        ...['servers', 'clock', 'proxy', 'Google key', 'models', 'PUBLIC_URL'],
      ],
    );
    assert.ok(
      lines.ok.some((line) =>
        /^invite: https:\/\/discord\.com\/oauth2\/.+client_id=\d+/.test(line),
      ),
    );
    assert.deepEqual(await readdir(world.dataDir), before);
    assert.equal(world.google.paid.length, 0);
  });

  it('does not make a data folder that is not there', async () => {
    await using world = await startWorld();
    const env = { DATA_DIR: join(world.dataDir, 'new') };
    const { code, lines } = await doctor(world, env);
    assert.equal(code, 0);
    assert.ok(lines.ok.some((line) => /^data folder: .*the first start makes it/.test(line)));
    assert.ok(!(await readdir(world.dataDir)).includes('new'));
    const full = await doctor(world, { ...env, MIN_FREE_DISK_MB: '10000000' });
    assert.equal(full.code, 1);
    assert.match(full.lines.wrong.join('\n'), /^room: \d+ MB are free, and below 10000000 MB/);
  });

  it('names what .env sets and nobody reads, that there is no admin, and who reaches the port', async () => {
    await using world = await startWorld();
    await writeFile(
      join(world.dataDir, '.env'),
      'MIN_FREE_DISK=9\nGEMINI_API_KEY=secret-of-google\n',
    );
    const env = { OPS_HOST: '0.0.0.0', OPS_PORT: String(await freePort()) };
    const { code, lines } = await doctor(world, { ...env, FFMPEG_PATH: '/nowhere/ffmpeg' });
    assert.equal(code, 0);
    assert.deepEqual(
      lines.look.map((line) => line.slice(0, 40)),
      [
        'configuration: .env sets MIN_FREE_DISK, ',
        'admins: Nobody: what needs somebody is t',
        'ffmpeg: There is no program at /nowhere/',
      ],
    );
    assert.ok(lines.ok.some((line) => /^health checks: .*can read the sums of money/.test(line)));
  });

  it('names the servers in which the bot lacks a permission, and where there is none yet', async () => {
    await using world = await startWorld();
    world.discord.createServer({
      name: 'Mute\u202e',
      botMay: { sendMessages: false, attachFiles: false },
    });
    world.discord.createServer({
      name: 'Ruled',
      botMay: { administrator: true, viewChannel: false },
    });
    const { code, lines } = await doctor(world);
    assert.equal(code, 0);
    assert.match(
      lines.look.join('\n'),
      /^servers: It lacks permissions in Mute \(Send Messages, Attach Files\): give them/m,
    );
    await using empty = await startWorld();
    empty.server.removeBot();
    const none = await doctor(empty);
    assert.ok(none.lines.ok.some((line) => /^servers: It is in none yet: .*"invite"/.test(line)));
  });

  it('says that what answers is not Discord, or that nothing does', async () => {
    await using world = await startWorld();
    const elsewhere = await doctor(world, { DISCORD_API_URL: world.google.url });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.lines.wrong.join('\n'), /^Discord: What answers there is not Discord/);
    const nobody = await doctor(world, { DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    assert.match(nobody.lines.wrong.join('\n'), /^Discord: It cannot be reached \(ECONNREFUSED\)/);
  });

  it('says every mistake of the configuration', async () => {
    await using world = await startWorld();
    const { code, lines, last } = await doctor(world, { DISCORD_TOKN: 'x', OPS_PORT: 'many' });
    assert.equal(code, 1);
    assert.equal(lines.wrong.length, 2);
    assert.match(
      lines.wrong.map((line) => line.replace(/^configuration: /, '')).join('\n'),
      /did you mean DISCORD_TOKEN\?\nOPS_PORT must be/,
    );
    assert.match(last, /^2 things keep the bot from working; the rest was not looked at/);
  });

  it('says that the token is refused and where the right one is, and looks at the rest', async () => {
    await using world = await startWorld();
    const { code, lines, last } = await doctor(world, { DISCORD_TOKEN: WRONG_TOKEN });
    assert.equal(lines.wrong.length, 1);
    assert.match(lines.wrong[0] ?? '', /^token: Discord refuses the bot token: set DISCORD_TOKEN /);
    assert.ok(lines.ok.some((line) => line.startsWith('models: ')));
    assert.deepEqual([code, last], [1, 'One thing keeps the bot from working.']);
  });

  it('tells the proxy key from the Google key behind it', async () => {
    await using world = await startWorld({ google: { proxyKey: KEY } });
    const ours = await doctor(world, { LITELLM_API_KEY: WRONG_KEY });
    assert.equal(ours.code, 1);
    assert.match(ours.lines.wrong.join('\n'), /^proxy key: .*Check LITELLM_API_KEY\.$/);
    await using other = await startWorld({ google: { proxyKey: KEY, googleKey: 'right' } });
    other.google.proxy.googleKey = 'wrong';
    const { code, lines } = await doctor(other);
    assert.equal(code, 1);
    assert.match(lines.wrong.join('\n'), /^Google key: .*Check GEMINI_API_KEY/);
  });

  it('says that the proxy cannot be reached', async () => {
    await using world = await startWorld();
    await world.google.down();
    const { code, lines } = await doctor(world);
    assert.equal(code, 1);
    assert.match(
      lines.wrong.join('\n'),
      /^proxy: .* cannot be reached \(ECONNREFUSED\)\. Check that/,
    );
  });

  it('names a model that is not offered; without any the bot could not work', async () => {
    await using world = await startWorld();
    const env = { VIDEO_MODELS: 'gemini-omni-1.2-flash,veo-3.1-generate-preview' };
    world.google.offer(['gemini-omni-1.2-flash']);
    const one = await doctor(world, env);
    assert.equal(one.code, 0);
    assert.match(
      one.lines.look.find((line) => line.startsWith('models: ')) ?? '',
      /: veo-3\.1-generate-preview; leave/,
    );
    world.google.offer([]);
    const none = await doctor(world, env);
    assert.equal(none.code, 1);
    assert.match(none.lines.wrong.join('\n'), /^models: .*gemini-omni.*, veo/);
  });

  it('says that the data folder is a file', async () => {
    await using world = await startWorld();
    const file = join(world.dataDir, 'a-file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'data')]) {
      const { code, lines } = await doctor(world, { DATA_DIR: path });
      assert.equal(code, 1);
      assert.match(lines.wrong.join('\n'), /^data folder: .*a-file is a file; move/);
    }
  });

  it('says that the database is no database, and leaves it as it is', async () => {
    await using world = await startWorld();
    const dataDir = await mkdtemp(join(world.dataDir, 'other-'));
    await writeFile(join(dataDir, 'bot.db'), 'a letter to a friend');
    const { code, lines } = await doctor(world, { DATA_DIR: dataDir });
    assert.equal(code, 1);
    assert.match(lines.wrong.join('\n'), /^database: .*it is no SQLite database/);
    assert.deepEqual(await readdir(dataDir), ['bot.db']);
  });

  it('says that another bot runs, leaves its lock alone, and checks the whole after its end', async () => {
    await using world = await startWorld();
    const bot = await world.startBot();
    const { code, lines } = await doctor(world);
    assert.deepEqual([code, lines.wrong], [0, []]);
    assert.ok(
      lines.ok.some((line) => /^running: A bot runs on this folder now \(process/.test(line)),
    );
    assert.ok(lines.ok.some((line) => /^database: Schema \d+; not checked whole/.test(line)));
    const second = world.launchBot();
    assert.equal((await second.ended).code, 1);
    assert.match(second.output, /^Another bot is running on the data folder/);
    await bot.stop();
    const after = await doctor(world);
    assert.ok(after.lines.ok.some((line) => /^database: Schema \d+; checked and whole/.test(line)));
    await world.startBot();
  });

  it('says that the port of the health checks is taken', async () => {
    await using world = await startWorld();
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const { code, lines } = await doctor(world, { OPS_PORT: String(port) });
    other.close();
    assert.equal(code, 1);
    assert.match(lines.wrong.join('\n'), /^health checks: Port \d+ on 127\.0\.0\.1 is in use/);
  });

  it('says by how much the clock is off, and what it cannot check from here', async () => {
    await using world = await startWorld();
    const ahead = 'data:text/javascript,const now=Date.now;Date.now=()=>now.call(Date)+90000;';
    const env = { PUBLIC_URL: 'https://somebody:secret@bot.example.org/veo', OPS_PORT: '1' };
    const { lines } = await doctor(world, env, ['--import', ahead]);
    const look = lines.look.join('\n');
    assert.match(look, /^clock: It is (89|90) s ahead of Discord's/m);
    assert.match(
      look,
      /^PUBLIC_URL: Not checked from here: whether https:\/\/bot\.example\.org\/veo\/hooks\/ and /m,
    );
  });
});
