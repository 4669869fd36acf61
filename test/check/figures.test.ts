/** Figures that the documents promise to people, against what the code does. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { LONGEST_TERM, MOST_TERMS } from '../../src/jobs/admins/refusedWords.ts';
import { planShrink } from '../../src/jobs/shrinking.ts';
import { sampleVideo } from '../jobs/samples.ts';

const DAY_MS = 86_400_000;
const MIB = 2 ** 20;
const fresh = readConfig({ DISCORD_TOKEN: 'a.b.c' });

async function read(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replace(/\s+/g, ' ');
}

function figures(text: string, sentence: RegExp): number[] {
  const found = sentence.exec(text);
  assert.ok(found, `it is not said any more: ${sentence}`);
  return found.slice(1).map(Number);
}

const [readme, operating, privacy] = await Promise.all([
  read('README.md'),
  read('docs/operating.md'),
  read('PRIVACY.md'),
]);

function ceilingUsd(scope: 'bot' | 'stranger'): number {
  const limit = fresh.limits.find((one) => one.scope === scope && one.period === 'day');
  return (limit?.maxMicroUsd ?? 0) / 1_000_000;
}

it('what a fresh bot may spend a day, and a stranger', () => {
  const both = [ceilingUsd('bot'), ceilingUsd('stranger')];
  const bot = both.slice(0, 1);
  assert.deepEqual(figures(readme, /the whole bot spends at most (\d+) US dollars a day/), bot);
  assert.deepEqual(figures(readme, /(\d+) USD a day for the bot, (\d+) for each stranger/), both);
  assert.deepEqual(
    figures(operating, /limit of its own the bot spends at most \$(\d+) a day/),
    bot,
  );
  assert.deepEqual(figures(operating, /may use \$(\d+) a day/), both.slice(1));
});

it('for how many days videos, prompts and backups are kept', () => {
  const { keepVideosMs, keepPromptsMs, keepUndeliveredMs } = fresh.rules;
  const days = [keepVideosMs / DAY_MS, keepPromptsMs / DAY_MS];
  assert.deepEqual(figures(readme, /`KEEP_PROMPTS_DAYS` \| (\d+), (\d+) /), days);
  assert.deepEqual(figures(privacy, /Videos made for you \| (\d+) days/), days.slice(0, 1));
  assert.deepEqual(figures(privacy, /about a request \| (\d+) days/), days.slice(1));
  assert.deepEqual(figures(privacy, /the last (\d+) days/), [fresh.backupsKept]);
  assert.equal(keepUndeliveredMs, keepVideosMs);
  const short = readConfig({ DISCORD_TOKEN: 'a.b.c', KEEP_VIDEOS_DAYS: '1' });
  const atLeast = [short.rules.keepUndeliveredMs / DAY_MS];
  assert.deepEqual(figures(operating, /waits as long, at least (\d+) days/), atLeast);
  assert.deepEqual(figures(privacy, /be delivered as long, at least (\d+)/), atLeast);
});

it('how long a video may be of which a copy for 10 MB looks good', () => {
  const [longest = 0, mb = 0] = figures(operating, /more than (\d+) s for (\d+) MB/);
  const plan = (seconds: number) =>
    planShrink({ ...sampleVideo, durationMs: seconds * 1_000 }, mb * MIB, false);
  assert.notEqual(plan(longest), null);
  assert.equal(plan(longest + 1), null);
});

it('how many terms may be refused, and how long they may be', () => {
  assert.deepEqual(figures(operating, /at most (\d+) of (\d+) characters/), [
    MOST_TERMS,
    LONGEST_TERM,
  ]);
});
