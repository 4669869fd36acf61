/** The names of settings: the misspelt ones, and those in the example file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { parse } from 'dotenv';
import { misspelt, names } from '../../src/config/variables.ts';
import { readConfig } from '../../src/config.ts';

function hintFor(name: string, ...besides: string[]): string | null | undefined {
  return misspelt([name, ...besides]).find((found) => found.name === name)?.hint;
}

describe('a misspelt name', () => {
  const meant = {
    DISCORD_TOKN: 'DISCORD_TOKEN',
    DISCORD_TOKENS: 'DISCORD_TOKEN',
    discord_token: 'DISCORD_TOKEN',
    LITELM_API_KEY: 'LITELLM_API_KEY',
    LITELLM_BASEURL: 'LITELLM_BASE_URL',
    VIDEO_MODEL: 'VIDEO_MODELS',
    ADMIN_USER_ID: 'ADMIN_USER_IDS',
    DATADIR: 'DATA_DIR',
    LIMIT_MEMBR_DAY_USD: 'LIMIT_MEMBER_DAY_USD',
    LIMIT_USER_DAY_USD: 'LIMIT_MEMBER_DAY_USD',
    LIMIT_GUILD_MONTHLY_USD: 'LIMIT_SERVER_MONTH_USD',
    LIMIT_BOT_DAILY_COUNT: 'LIMIT_BOT_DAY_VIDEOS',
    LIMIT_GLOBAL_DAY_USD: 'LIMIT_BOT_DAY_USD',
    BOT_TOKEN: 'DISCORD_TOKEN',
    ADMIN_IDS: 'ADMIN_USER_IDS',
  };
  for (const [name, near] of Object.entries(meant)) {
    it(`${name} is told with its near name ${near}`, () => {
      assert.equal(hintFor(name), `did you mean ${near}?`);
    });
  }

  it('of a limit is told with the form of a limit where nothing is near', () => {
    for (const name of [
      'LIMIT_ROLE_DAY_USD',
      'LIMIT_MEMBER_WEEK_USD',
      'LIMIT_DAILY',
      'BOT_LIMIT_DAY_USD',
    ]) {
      assert.match(
        hintFor(name) ?? '',
        /LIMIT_\{BOT\|SERVER\|CHANNEL\|MEMBER\|STRANGER\}_\{DAY\|MONTH\}/,
      );
    }
  });

  it("as others call it is told, unless the bot's own stands beside it", () => {
    assert.equal(hintFor('LITELLM_URL'), 'did you mean LITELLM_BASE_URL?');
    assert.equal(hintFor('DISCORD_BOT_TOKEN'), 'did you mean DISCORD_TOKEN?');
    assert.equal(hintFor('LITELLM_URL', 'LITELLM_BASE_URL'), undefined);
    assert.equal(hintFor('TIMEZONE'), 'did you mean TIME_ZONE?');
    assert.equal(hintFor('TIMEZONE', 'TIME_ZONE'), undefined);
  });

  it('never is one of the many that an environment holds anyway', () => {
    const theirs = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'APP_PORT',
      'APP_HOST',
      'DNS_HOST',
      'VPS_HOST',
      'DB_PORT',
      'LOG_FILE',
      'NODE_ENV',
      'GEMINI_API_KEY',
      'GEMINI_API_BASE',
      'OPENAI_API_KEY',
      'LITELLM_MASTER_KEY',
      'LITELLM_SALT_KEY',
      'LITELLM_LOG',
      'DISCORD_CLIENT_ID',
      'DATABASE_URL',
    ];
    assert.deepEqual(misspelt(theirs), []);
  });
});

describe('.env.example', () => {
  const setting = /^#?([A-Z][A-Z_]+)=(.*)$/;

  it('names every setting once and nothing else', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n');
    const found = lines.flatMap((line) => setting.exec(line)?.[1] ?? []);
    assert.deepEqual(found.toSorted(), names.toSorted());
  });

  it('has a comment above each setting or group of settings', async () => {
    const text = await readFile('.env.example', 'utf8');
    for (const block of text.split('\n\n')) {
      const lines = block.split('\n').filter((line) => line !== '');
      assert.ok(!setting.test(lines[0] ?? ''), `no comment above ${lines[0]}`);
    }
  });

  it('is the bot as it is without it, but for the token', async () => {
    const text = await readFile('.env.example', 'utf8');
    const active = parse(text);
    assert.deepEqual(active, { DISCORD_TOKEN: '' });
    const everything = parse(text.replace(/^#(?=[A-Z_]+=)/gm, ''));
    assert.deepEqual(
      readConfig({ ...everything, DISCORD_TOKEN: 'x' }),
      readConfig({ DISCORD_TOKEN: 'x' }),
    );
  });
});
