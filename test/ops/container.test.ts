/** What the Dockerfile promises, as far as it can be seen without Docker. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { names } from '../../src/config/variables.ts';
import { readConfig } from '../../src/config.ts';
import { createOps } from '../../src/ops/server.ts';

const dockerfile = await readFile('Dockerfile', 'utf8');

describe('the health check of the container', () => {
  const line = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]';
  const [command = '', ...args] = JSON.parse(line) as string[];

  async function asked(port: string): Promise<number | null> {
    const env = { PATH: process.env.PATH ?? '', OPS_PORT: port };
    const child = spawn(command, args, { env, stdio: 'ignore' });
    return new Promise((done, failed) => {
      child.once('error', failed);
      child.once('close', done);
    });
  }

  it('asks where the bot answers unless told otherwise', () => {
    const { ops } = readConfig({ DISCORD_TOKEN: 'x' });
    assert.match(args.join(' '), new RegExp(`http://${ops?.host}:.*\\|\\| ${ops?.port}\\)`));
  });

  it('passes while the bot is well, and fails otherwise', async () => {
    let database = true;
    const ops = createOps({
      host: '127.0.0.1',
      port: 0,
      checks: () => ({ database }),
      ready: () => ({ gateway: false }),
    });
    await ops.start();
    const { port } = new URL(ops.url() ?? '');
    assert.equal(await asked(port), 0);
    database = false;
    assert.equal(await asked(port), 1);
    await ops.stop();
    assert.equal(await asked(port), 1);
  });
});

describe('the image', () => {
  it('is made of files that are there and let through', async () => {
    const ignore = (await readFile('.dockerignore', 'utf8')).split('\n');
    assert.ok(ignore.includes('*'));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)]
      .flatMap((match) => match[1]?.split(' ') ?? [])
      .map((path) => path.split('/')[0]);
    assert.ok(copied.includes('src'));
    for (const path of new Set(copied)) {
      assert.ok(ignore.includes(`!${path}`), `${path} is let through`);
      await access(path ?? '');
    }
  });

  it('runs as nobody special, on a data folder of its own', () => {
    const lines = dockerfile.split('\n');
    for (const line of ['USER 1000', 'VOLUME /data', 'ENTRYPOINT ["tini", "--"]']) {
      assert.ok(lines.includes(line), line);
    }
    assert.match(dockerfile, /DATA_DIR=\/data$/m);
  });
});

/** What `npm start` runs, without `node`. */
const started = packageJson.scripts.start.split(' ').slice(1);

/** How long the bot takes to end at the most, in such an environment. */
const stopsWithinMs = (env: Readonly<Record<string, string>>): number =>
  readConfig({ DISCORD_TOKEN: 'x', ...env }).stopWithinMs;

/** What is left to get a word out and to write a last line. */
const SPARE_MS = 2_000;

describe('the command of the image', () => {
  it('is that of npm start, on bases of one version', () => {
    const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]';
    assert.deepEqual((JSON.parse(command) as string[]).slice(1), started);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    assert.equal(new Set(bases).size, 1);
    assert.match(bases[0] ?? '', /^node:24\.\d+\.\d+-\w+-slim$/);
  });

  it('knows no secret', () => {
    for (const name of names.filter((name) => /TOKEN|KEY/.test(name))) {
      assert.ok(!dockerfile.includes(name), name);
    }
  });

  it('lets neither settings nor data into the image', async () => {
    const ignore = (await readFile('.dockerignore', 'utf8')).split('\n');
    for (const name of ['.env', 'data', '.git', 'test'])
      assert.ok(!ignore.includes(`!${name}`), name);
  });
});

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly stop_grace_period?: string;
  readonly env_file?: string;
  readonly build: unknown;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

describe('compose.yaml', async () => {
  const compose = parse(await readFile('compose.yaml', 'utf8')) as {
    services: { bot: Service; litellm: Service };
    volumes: Record<string, unknown>;
  };
  const { bot, litellm } = compose.services;
  const inline = (litellm.build as { dockerfile_inline: string }).dockerfile_inline;
  const port = Number(/"--port", "(\d+)"/.exec(inline)?.[1]);

  it('gives the bot settings that there are, and takes the secrets from .env', async () => {
    const known = [...names, 'GEMINI_API_KEY'];
    for (const name of Object.keys(bot.environment)) assert.ok(known.includes(name), name);
    assert.equal(bot.env_file, '.env');
    const config = readConfig({ ...bot.environment, DISCORD_TOKEN: 'x' });
    assert.equal(config.litellm.base, `http://litellm:${port}`);
    const text = await readFile('compose.yaml', 'utf8');
    const taken = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    assert.deepEqual(taken, ['GEMINI_API_KEY', 'LITELLM_API_KEY']);
    assert.equal(bot.environment.GEMINI_API_KEY, '');
  });

  it('keeps the data in a volume at the folder of the image, and gives a stop its time', () => {
    assert.deepEqual(bot.volumes, ['data:/data']);
    assert.ok('data' in compose.volumes);
    assert.equal(bot.environment.DATA_DIR, '/data');
    const grace = /^(\d+)s$/.exec(bot.stop_grace_period ?? '')?.[1];
    assert.ok(Number(grace) * 1_000 >= stopsWithinMs(bot.environment) + SPARE_MS);
  });

  it('starts the bot once the proxy answers, which is asked by the page that costs nothing', async () => {
    assert.equal(bot.depends_on?.litellm?.condition, 'service_healthy');
    const asked = litellm.healthcheck?.test.join(' ') ?? '';
    assert.ok(asked.includes(`http://127.0.0.1:${port}/health/liveliness'`), asked);
    const [mounted = ''] = litellm.volumes;
    const [file = '', at = ''] = mounted.split(':');
    assert.ok(inline.includes(`"--config", "${at}"`));
    const config = parse(await readFile(file, 'utf8')) as Record<string, Record<string, string>>;
    assert.equal(config.general_settings?.master_key, 'os.environ/LITELLM_MASTER_KEY');
    assert.ok('LITELLM_MASTER_KEY' in litellm.environment);
  });

  it('runs the proxy that the tests run', async () => {
    const { version } = /==(?<version>[\d.]+)/.exec(inline)?.groups ?? {};
    for (const path of ['test/proxy/environment.ts', 'README.md', 'docs/operating.md']) {
      assert.ok((await readFile(path, 'utf8')).includes(version ?? 'none'), path);
    }
  });
});

describe('what docs/operating.md says of a stop', async () => {
  const page = (await readFile('docs/operating.md', 'utf8')).replace(/\s+/g, ' ');
  const compose = await readFile('compose.yaml', 'utf8');
  const unit = await readFile('deploy/veo-bot.service', 'utf8');

  it('is what is set', () => {
    const said = /by itself within (\d+) s.*?(\d+) s with compose or systemd.*?after (\d+) s/.exec(
      page,
    );
    const set = [
      String(stopsWithinMs({}) / 1_000),
      /STOP_WITHIN_SECONDS: "(\d+)"/.exec(compose)?.[1],
      /stop_grace_period: (\d+)s/.exec(compose)?.[1],
    ];
    assert.deepEqual(said?.slice(1), set);
    assert.equal(/STOP_WITHIN_SECONDS=(\d+)/.exec(unit)?.[1], set[1]);
    assert.equal(/TimeoutStopSec=(\d+)s/.exec(unit)?.[1], set[2]);
  });
});

describe('the unit of systemd', async () => {
  const unit = await readFile('deploy/veo-bot.service', 'utf8');
  const settings = new Map(
    [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const of = (name: string): string => settings.get(name) ?? '';
  const environment = Object.fromEntries(
    of('Environment')
      .split(' ')
      .map((pair) => pair.split('=')),
  ) as Record<string, string>;

  it('starts what npm start starts, and stops it later than it stops itself', async () => {
    assert.deepEqual(of('ExecStart').split(' ').slice(1), started);
    await access(started.at(-1) ?? '');
    const grace = /^(\d+)s$/.exec(of('TimeoutStopSec'))?.[1];
    assert.ok(Number(grace) * 1_000 >= stopsWithinMs(environment) + SPARE_MS);
    assert.equal(of('KillMode'), 'mixed');
  });

  it('sets what the bot knows, and lets it write where its data is and nowhere else', () => {
    const known = [...names, 'NODE_ENV', 'NODE_COMPILE_CACHE'];
    for (const name of Object.keys(environment)) assert.ok(known.includes(name), name);
    assert.equal(environment.DATA_DIR, `/var/lib/${of('StateDirectory')}`);
    assert.equal(environment.NODE_COMPILE_CACHE, `/var/cache/${of('CacheDirectory')}`);
    assert.deepEqual([of('ProtectSystem'), of('DynamicUser')], ['strict', 'yes']);
    assert.equal(settings.has('MemoryDenyWriteExecute'), false);
  });

  it('gives up on a bot that cannot start', () => {
    assert.equal(of('Restart'), 'on-failure');
    const within = Number.parseInt(of('StartLimitIntervalSec'), 10) * 60;
    const needs =
      Number.parseInt(of('StartLimitBurst'), 10) * Number.parseInt(of('RestartSec'), 10);
    assert.ok(needs < within / 2, 'the limit is reached within its time');
  });
});

describe('the unit of the proxy', async () => {
  const unit = await readFile('deploy/litellm.service', 'utf8');
  const page = await readFile('docs/operating.md', 'utf8');

  it('listens where the bot looks for it by itself, and to nobody else', () => {
    const [, host, port] = /^ExecStart=.* --host (\S+) --port (\d+) /m.exec(unit) ?? [];
    assert.equal(host, '127.0.0.1');
    assert.equal(readConfig({ DISCORD_TOKEN: 'x' }).litellm.base, `http://localhost:${port}`);
  });

  it('runs what docs/operating.md installs, with settings of ours and keys that only root reads', async () => {
    const [, program = '', file = ''] = /^ExecStart=(\S+) .*--config (\S+)$/m.exec(unit) ?? [];
    assert.ok(page.includes(`python3 -m venv ${program.replace('/bin/litellm', '')}\n`));
    await access(file.replace('/opt/veo-bot/', ''));
    const [, keys = ''] = /^EnvironmentFile=(\S+)$/m.exec(unit) ?? [];
    assert.ok(page.includes(`chmod 600 ${keys}\n`));
  });

  it('ends after the bot, which waits for paid calls that go through it', async () => {
    const bot = await readFile('deploy/veo-bot.service', 'utf8');
    assert.match(bot, /^After=.*\blitellm\.service$/m);
  });
});
