/** What an operator may write, and what is said of what is wrong. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigProblem, type Environment, readConfig } from '../src/config.ts';

const TOKEN = 'planted-bot-token.of-an.operator';
const KEY = 'sk-planted-key-of-an-operator';
const enough = { DISCORD_TOKEN: TOKEN };

function mistakesIn(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigProblem, String(error));
    return error.mistakes;
  }
  return [];
}

/** The only mistake there is. */
function mistakeIn(environment: Environment): string {
  const [mistake, ...others] = mistakesIn(environment);
  assert.deepEqual(others, []);
  return mistake ?? 'no mistake';
}

describe('the configuration', () => {
  it('needs nothing but a token', () => {
    const config = readConfig(enough);
    assert.equal(config.discord.token, TOKEN);
    assert.equal(config.discord.apiUrl, null);
    assert.deepEqual(config.litellm, { base: 'http://localhost:4000', key: 'anything' });
    assert.equal(config.models[0]?.id, 'gemini-omni-1.2-flash');
    assert.deepEqual(config.adminUserIds, []);
    assert.equal(config.dataDir, './data');
    assert.equal(config.logLevel, 'info');
    assert.equal(config.stopWithinMs, 8_000);
    assert.deepEqual(config.ops, { host: '127.0.0.1', port: 9464 });
    assert.equal(config.publicUrl, null);
    assert.equal(config.rules.looksPerSecond, 20);
    assert.equal(config.rules.queueForMs, 6 * 3_600_000);
    assert.equal(config.rules.generateForMs, 2 * 3_600_000);
    assert.equal(config.rules.minFreeBytes, 512 * 2 ** 20);
  });

  it('says where the token comes from when there is none', () => {
    const mistake = mistakeIn({});
    assert.match(mistake, /^DISCORD_TOKEN is missing: the bot token, from https:\/\/discord\.com/);
  });

  it('takes an empty value for one that is not set', () => {
    const everyEmpty = { LITELLM_BASE_URL: '', OPS_PORT: '  ', LIMIT_BOT_DAY_USD: '' };
    assert.deepEqual(readConfig({ ...enough, ...everyEmpty }), readConfig(enough));
    assert.match(mistakeIn({ DISCORD_TOKEN: ' ' }), /^DISCORD_TOKEN is missing/);
  });

  it('takes blanks around a value for nothing', () => {
    const config = readConfig({
      DISCORD_TOKEN: ` ${TOKEN}\n`,
      LITELLM_API_KEY: ` ${KEY} `,
      LITELLM_BASE_URL: ' http://p:4000/ ',
      ADMIN_USER_IDS: ' 123456789012345678 , 223456789012345678, ',
      LOG_LEVEL: ' Debug ',
      OPS_PORT: ' 8080 ',
      VIDEO_MODELS: ' veo-3.1-generate-preview ,gemini-omni-1.2-flash',
    });
    assert.equal(config.discord.token, TOKEN);
    assert.deepEqual(config.litellm, { base: 'http://p:4000', key: KEY });
    assert.deepEqual(config.adminUserIds, ['123456789012345678', '223456789012345678']);
    assert.equal(config.logLevel, 'debug');
    assert.equal(config.ops?.port, 8080);
    const ids = config.models.map((model) => model.id);
    assert.deepEqual(ids, ['veo-3.1-generate-preview', 'gemini-omni-1.2-flash']);
  });

  it('takes off quotes around a whole value, as `docker run --env-file` hands them on', () => {
    const config = readConfig({
      DISCORD_TOKEN: `"${TOKEN}"`,
      LITELLM_API_KEY: `'${KEY}'`,
      OPS_PORT: ' "8080" ',
      VIDEO_MODELS: '"veo-3.1-generate-preview"',
      PRIVACY_URL: '""',
    });
    assert.equal(config.discord.token, TOKEN);
    assert.equal(config.litellm.key, KEY);
    assert.equal(config.ops?.port, 8080);
    assert.deepEqual(
      config.models.map(({ id }) => id),
      ['veo-3.1-generate-preview'],
    );
    assert.equal(config.privacyUrl, null);
  });

  it('cannot be changed once it is read', () => {
    const config = readConfig(enough);
    assert.ok(Object.isFrozen(config));
    assert.ok(Object.isFrozen(config.rules));
    assert.ok(Object.isFrozen(config.limits[0]));
    assert.ok(Object.isFrozen(config.models[0]?.prices));
  });

  it('has no ops server with port 0', () => {
    assert.equal(readConfig({ ...enough, OPS_PORT: '0' }).ops, null);
  });

  it('keeps an undelivered video for a week at least, however short others are kept', () => {
    const day = 86_400_000;
    const { rules, backupsKept, privacyUrl } = readConfig(enough);
    assert.deepEqual([rules.keepVideosMs, rules.keepUndeliveredMs], [30 * day, 30 * day]);
    assert.deepEqual([rules.keepPromptsMs, backupsKept, privacyUrl], [90 * day, 7, null]);
    const short = readConfig({
      ...{ ...enough, KEEP_VIDEOS_DAYS: '0.5', KEEP_PROMPTS_DAYS: '1', BACKUPS_KEPT: '0' },
      PRIVACY_URL: 'https://example.org/privacy',
    });
    assert.equal(short.rules.keepVideosMs, day / 2);
    assert.equal(short.rules.keepUndeliveredMs, 7 * day);
    assert.equal(short.rules.keepPromptsMs, day);
    assert.deepEqual([short.backupsKept, short.privacyUrl], [0, 'https://example.org/privacy']);
    assert.match(mistakeIn({ ...enough, KEEP_VIDEOS_DAYS: 'x' }), /^KEEP_VIDEOS_DAYS must be/);
    assert.match(mistakeIn({ ...enough, PRIVACY_URL: 'x' }), /^PRIVACY_URL must be an address/);
  });

  it('turns minutes and megabytes into what the rules count in', () => {
    const { rules } = readConfig({
      ...enough,
      QUEUE_MAX_MINUTES: '30',
      GENERATE_MAX_MINUTES: '45',
      MIN_FREE_DISK_MB: '1',
      POLLS_PER_SECOND: '0.5',
      POLL_STYLE: 'calm',
      MAX_RUNNING_VIDEOS: '3',
    });
    assert.equal(rules.queueForMs, 30 * 60_000);
    assert.equal(rules.generateForMs, 45 * 60_000);
    assert.equal(rules.minFreeBytes, 2 ** 20);
    assert.equal(rules.looksPerSecond, 0.5);
    assert.equal(rules.looks, 'calm');
    assert.equal(rules.maxRunning, 3);
  });
});

describe('the time zone', () => {
  it('is UTC by itself, and any that IANA names, in its own letters', () => {
    const zoneOf = (text: string) => readConfig({ ...enough, TIME_ZONE: text }).timeZone;
    assert.equal(readConfig(enough).timeZone, 'UTC');
    assert.equal(zoneOf(' europe/berlin '), 'Europe/Berlin');
    for (const zone of [
      'UTC',
      'Asia/Kolkata',
      'Europe/Kyiv',
      'America/Indiana/Knox',
      'Etc/GMT+5',
    ]) {
      assert.equal(zoneOf(zone), zone);
    }
  });

  it('is not taken where it means one thing here and another there, or knows no summer time', () => {
    for (const wrong of [
      'BST',
      'CST',
      'EST',
      'MEZ',
      '+02:00',
      'UTC+2',
      'Berlin',
      'Europe/',
      '/etc',
    ]) {
      const mistake = mistakeIn({ ...enough, TIME_ZONE: wrong });
      assert.match(
        mistake,
        /^TIME_ZONE must be the name of a time zone, like Europe\/Berlin/,
        wrong,
      );
    }
  });
});

describe('the address of the proxy', () => {
  const forms = ['', '/', '/gemini', '/gemini/', '/gemini/v1beta', '/gemini/v1beta/'];
  for (const form of forms) {
    it(`may be written http://p:4000${form}`, () => {
      const config = readConfig({ ...enough, LITELLM_BASE_URL: `http://p:4000${form}` });
      assert.equal(config.litellm.base, 'http://p:4000');
    });
  }

  it('may have a path of its own', () => {
    const config = readConfig({ ...enough, LITELLM_BASE_URL: 'https://p/llm/gemini/' });
    assert.equal(config.litellm.base, 'https://p/llm');
  });

  it("may not be Google's own, to which the proxy's key would be sent", () => {
    const google = 'https://generativelanguage.googleapis.com/v1beta';
    const mistake = mistakeIn({ ...enough, LITELLM_BASE_URL: google });
    assert.match(mistake, /^LITELLM_BASE_URL is Google's own address, .*a LiteLLM proxy; expected/);
  });

  for (const wrong of ['http://p:4000/v1', 'http://p:4000/v1/', 'p:4000', 'localhost', 'ftp://p']) {
    it(`may not be written ${wrong}, and the form expected is shown`, () => {
      const mistake = mistakeIn({ ...enough, LITELLM_BASE_URL: wrong });
      assert.match(mistake, /^LITELLM_BASE_URL .*"http:\/\/localhost:4000".*"\/gemini"\.$/);
    });
  }
});

describe('the limits', () => {
  const ceiling = { scope: 'bot', period: 'day', maxMicroUsd: 10_000_000, maxVideos: null };
  const stranger = { ...ceiling, scope: 'stranger', maxMicroUsd: 1_000_000 };

  it('are 10 dollars a day for the whole bot until its operator sets a ceiling', () => {
    assert.deepEqual(readConfig(enough).limits, [ceiling, stranger]);
    const { limits } = readConfig({ ...enough, LIMIT_MEMBER_DAY_VIDEOS: '3' });
    const member = { scope: 'member', period: 'day', maxMicroUsd: null, maxVideos: 3 };
    assert.deepEqual(limits, [ceiling, member, stranger]);
    const videos = readConfig({ ...enough, LIMIT_BOT_DAY_VIDEOS: '5' }).limits;
    assert.deepEqual(videos, [{ ...ceiling, maxVideos: 5 }, stranger]);
  });

  it('hold as written once there is a ceiling, by day or by month', () => {
    const day = readConfig({ ...enough, LIMIT_BOT_DAY_USD: '2.50' }).limits;
    assert.deepEqual(day, [{ ...ceiling, maxMicroUsd: 2_500_000 }, stranger]);
    const month = readConfig({ ...enough, LIMIT_BOT_MONTH_USD: '100' }).limits;
    assert.deepEqual(month[0], { ...ceiling, period: 'month', maxMicroUsd: 100_000_000 });
  });

  it('can be nothing at all', () => {
    const { limits } = readConfig({ ...enough, LIMIT_BOT_DAY_USD: '0' });
    assert.deepEqual(limits, [{ ...ceiling, maxMicroUsd: 0 }, stranger]);
  });

  it('are a dollar a day for each stranger until its operator says what they may have', () => {
    const strangers = (more: Environment) =>
      readConfig({ ...enough, ...more })
        .limits.filter(({ scope }) => scope === 'stranger')
        .map(({ period, maxMicroUsd, maxVideos }) => [period, maxMicroUsd, maxVideos]);
    assert.deepEqual(strangers({ LIMIT_STRANGER_DAY_USD: '0' }), [['day', 0, null]]);
    assert.deepEqual(strangers({ LIMIT_STRANGER_MONTH_USD: '9' }), [['month', 9_000_000, null]]);
    assert.deepEqual(strangers({ LIMIT_STRANGER_DAY_VIDEOS: '2' }), [['day', 1_000_000, 2]]);
    assert.deepEqual(strangers({ LIMIT_BOT_DAY_USD: '99' }), [['day', 1_000_000, null]]);
  });

  it('are exact to the cent', () => {
    const { limits } = readConfig({ ...enough, LIMIT_BOT_DAY_USD: '0.29' });
    assert.equal(limits[0]?.maxMicroUsd, 290_000);
  });

  for (const wrong of ['$5', '5,50', '-1', 'none', '1e3', 'Infinity']) {
    it(`may not be written ${wrong}`, () => {
      const mistake = mistakeIn({ ...enough, LIMIT_BOT_DAY_USD: wrong });
      assert.match(mistake, /^LIMIT_BOT_DAY_USD must be a sum in US dollars like 2\.50/);
    });
  }
});

describe('mistakes', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function modelsFile(text: string): Promise<string> {
    const file = join(folder, 'models.json');
    await writeFile(file, text);
    return file;
  }

  const wrong: readonly [name: string, value: string, said: RegExp][] = [
    ['DISCORD_TOKEN', `Bot ${TOKEN}`, /holds characters it cannot have .*copy it alone/],
    ['DISCORD_API_URL', 'discord.example', /must be an address that begins with http/],
    ['LITELLM_API_KEY', `${KEY} ${KEY}`, /holds characters that no key has/],
    ['ADMIN_USER_IDS', 'ann, 123456789012345678', /must be Discord user ids.*Copy User ID/],
    ['LOG_LEVEL', 'loud', /must be debug, info, warn, error or silent\./],
    ['OPS_PORT', '70000', /must be a port number, from 0 to 65535\./],
    ['OPS_PORT', '80.5', /must be a port number/],
    ['PUBLIC_URL', 'bot.example', /must be an address that begins with https?/],
    ['PUBLIC_URL', 'https://bot.example/?a=1', /must have no "\?" or "#": paths like \/hooks\//],
    ['PRIVACY_URL', 'https://example.org/our page', /must be an address .* without a blank/],
    ['PRIVACY_URL', `https://example.org/${'a'.repeat(400)}`, /of at most 400 characters/],
    ['DATA_DIR', '~/data', /begins with what only a shell understands; write the whole path/],
    ['DATA_DIR', '$HOME/data', /begins with what only a shell understands/],
    ['FFMPEG_PATH', '~/bin/ffmpeg', /begins with what only a shell understands/],
    ['POLLS_PER_SECOND', '0', /must be a number, from 0\.1 to 100\./],
    ['POLL_STYLE', 'eager', /must be keen or calm\./],
    ['MAX_RUNNING_VIDEOS', '0', /must be a whole number, from 1 to/],
    ['QUEUE_MAX_MINUTES', 'an hour', /must be a number of minutes, from 1 to/],
    ['GENERATE_MAX_MINUTES', '5', /must be a number of minutes, from 20 to/],
    ['MIN_FREE_DISK_MB', '1 GB', /must be a whole number of megabytes/],
    ['TIME_ZONE', 'Europe/Berln', /must be the name of a time zone, like Europe\/Berlin/],
    ['LIMIT_MEMBER_DAY_VIDEOS', '1.5', /must be a whole number of videos/],
  ];

  for (const [name, value, said] of wrong) {
    it(`in ${name}=${value.replaceAll(TOKEN, '…').replaceAll(KEY, '…')} are told in words`, () => {
      const mistake = mistakeIn({ ...enough, [name]: value });
      assert.ok(mistake.startsWith(`${name} `), mistake);
      assert.match(mistake, said);
    });
  }

  it('are told all at once, each as a sentence, without any value', () => {
    const everything = Object.fromEntries(wrong.map(([name, value]) => [name, value]));
    const mistakes = mistakesIn({
      ...everything,
      LITELLM_BASE_URL: `http://ann:${KEY}@p:4000/v1`,
      VIDEO_MODELS: 'veo-3.1-generate',
      LIMIT_USER_DAY_USD: '1',
    });
    const names = new Set([...Object.keys(everything), 'LITELLM_BASE_URL', 'VIDEO_MODELS']);
    for (const name of [...names, 'LIMIT_USER_DAY_USD']) {
      const found = mistakes.filter((mistake) => new RegExp(`^${name}\\b`).test(mistake));
      assert.equal(found.length, 1, `${name}: ${mistakes.join('\n')}`);
    }
    for (const mistake of mistakes) {
      assert.match(mistake, /[.?]$/);
      assert.ok(!mistake.includes(TOKEN) && !mistake.includes(KEY), mistake);
    }
  });

  it('in the choice of models name the setting and the nearest model', () => {
    const mistake = mistakeIn({ ...enough, VIDEO_MODELS: 'gemini-omni-1.2-flsh' });
    assert.match(mistake, /^VIDEO_MODELS.*"gemini-omni-1\.2-flsh".*"gemini-omni-1\.2-flash"/);
    assert.match(mistakeIn({ ...enough, VIDEO_MODELS: ' , ' }), /^VIDEO_MODELS names no model/);
  });

  it('with the file of models name the setting and the file', async () => {
    const nowhere = join(folder, 'nowhere.json');
    const missing = mistakeIn({ ...enough, VIDEO_MODELS_FILE: nowhere });
    assert.equal(missing, `VIDEO_MODELS_FILE ${nowhere}: cannot be read (ENOENT).`);
    const broken = await modelsFile('{"models":[');
    assert.match(mistakeIn({ ...enough, VIDEO_MODELS_FILE: broken }), /is not JSON\.$/);
    const shapeless = await modelsFile('{"model":{}}');
    assert.match(mistakeIn({ ...enough, VIDEO_MODELS_FILE: shapeless }), /expected is \{"models"/);
  });

  it('inside the file of models name the model and the field, all at once', async () => {
    const file = await modelsFile(
      JSON.stringify({
        models: [
          { id: 'gemini-omni-1.2-flash', seconds: [8, 4], defaultSeconds: 5 },
          { id: 'veo-3.1-generate-preview', usuallyMs: -1 },
          { name: 'nameless' },
        ],
      }),
    );
    const mistakes = mistakesIn({ ...enough, VIDEO_MODELS_FILE: file });
    const all = mistakes.join('\n');
    assert.match(all, /gemini-omni-1\.2-flash: seconds: must ascend/);
    assert.match(all, /gemini-omni-1\.2-flash: defaultSeconds: 5 is not in seconds/);
    assert.match(all, /veo-3\.1-generate-preview: usuallyMs/);
    assert.match(all, /entry 3 has no "id"/);
    for (const mistake of mistakes) assert.match(mistake, /^VIDEO_MODELS_FILE/);
  });
});
