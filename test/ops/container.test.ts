/** What the Dockerfile promises, as far as it can be seen without Docker. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
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
