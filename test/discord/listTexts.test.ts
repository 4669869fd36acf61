import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { marksJob, parseCustomId } from '../../src/discord/text/customIds.ts';
import { askedToForget, forgotten } from '../../src/discord/text/forgetting.ts';
import { helpText } from '../../src/discord/text/help.ts';
import { altText, noCopyMessage } from '../../src/discord/text/job.ts';
import { videosMessage } from '../../src/discord/text/videos.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { Mine, MyJob } from '../../src/jobs/actions.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Allowance } from '../../src/jobs/money/spending.ts';
import { NOON, sampleJob, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { seen } from './markdown.ts';
import { asSeen, everyPicture } from './pictures.ts';
import { nasty } from './prompts.ts';
import { omni, veo } from './running.ts';

function snapshot(name: string): string {
  return join(import.meta.dirname, 'snapshots', name);
}

function page(jobs: readonly Job[], over: Partial<Mine> = {}): Mine {
  const isKept = ({ state }: Job) => state === 'delivered' || state === 'undelivered';
  const entries = jobs.map((job, i): MyJob => ({ number: i + 1, job, isKept: isKept(job) }));
  return { entries, page: 0, hasOlder: false, waiting: 0, ...over };
}

const day: Allowance = {
  ...{ period: 'day', untilAt: NOON, videos: null },
  money: { leftMicroUsd: 1_440_000, maxMicroUsd: 2_000_000 },
};
const month: Allowance = {
  ...{ period: 'month', untilAt: NOON, videos: { left: 12, max: 30 } },
  money: { leftMicroUsd: 17_100_000, maxMicroUsd: 20_000_000 },
};
const videosOnly: Allowance = { ...month, money: null };

describe('the list of a member', () => {
  it('is as agreed, for every state a video can be in', (t) => {
    const lines = [...everyPicture().values()].map((job) =>
      asSeen(videosMessage(page([{ ...job, reply: sampleReply() }]), [], en)),
    );
    t.assert.fileSnapshot(`${[...new Set(lines)].join('\n\n')}\n`, snapshot('list-lines.txt'), {
      serializers: [String],
    });
  });

  it('keeps the price behind a prompt that runs from right to left, and marks no other one', () => {
    const line = (prompt: string) => {
      const job = sampleJob('delivered', { request: sampleRequest({ prompt }) });
      return videosMessage(page([job]), [], en).content;
    };
    for (const prompt of ['חתול משחק', 'قطة تلعب', `a cat, ${'שלום '.repeat(20)}`]) {
      assert.match(line(prompt), /· \u2068[^\u2068\u2069]+\u2069 · \$0\.80 charged$/);
    }
    assert.doesNotMatch(line('a cat with yarn, 猫, 🐈'), /[\u2066-\u2069]/);
  });

  it('says first what waits, and last what is left', (t) => {
    const some = [sampleJob('undelivered'), sampleJob('delivered'), sampleJob('failed')];
    const gone = page([sampleJob('delivered')]);
    const lists = {
      'nothing yet': videosMessage(page([]), [], en),
      'nothing yet, with limits': videosMessage(page([]), [day, month], en),
      'some, with one waiting': videosMessage(
        page(some, { waiting: 1, hasOlder: true }),
        [day],
        en,
      ),
      'with a page about privacy': videosMessage(
        page(some),
        [day],
        en,
        'https://privacy.example/bot',
      ),
      'a limit in videos': videosMessage(page(some), [videosOnly], en),
      'in the middle': videosMessage(page(some, { page: 3, hasOlder: true }), [], en),
      'the last page': videosMessage(page(some, { page: 3 }), [], en),
      'a page that is not there': videosMessage(page([], { page: 9 }), [], en),
      'a file that is gone': videosMessage(
        { ...gone, entries: gone.entries.map((entry) => ({ ...entry, isKept: false })) },
        [],
        en,
      ),
    };
    const told = Object.entries(lists).map(([name, body]) => `── ${name}\n${asSeen(body)}\n`);
    t.assert.fileSnapshot(told.join('\n'), snapshot('lists.txt'), { serializers: [String] });
  });

  it('stays harmless and within Discord’s limits whatever the prompts hold', () => {
    const jobs = [...everyPicture().values()];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...jobs), nasty), { minLength: 1, maxLength: 5 }),
        (filled) => {
          const mine = page(
            filled.map(([job, prompt]) => ({ ...job, request: sampleRequest({ prompt }) }) as Job),
            { waiting: 3, hasOlder: true, page: 1 },
          );
          const { content, components, allowed_mentions } = videosMessage(mine, [day, month], en);
          assert.ok(content.length <= 2_000 && content.isWellFormed());
          assert.equal(content.split('\n').length, filled.length + 2);
          assert.deepEqual(allowed_mentions, { parse: [] });
          for (const effect of seen(content).effects) assert.match(effect, /^(?:\*\*|<t:\d+:R>)$/);
          for (const row of components) assert.ok(row.components.length <= 5);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has buttons that name their video and never mark the list as a video’s own message', () => {
    const job = sampleJob('delivered');
    const { components } = videosMessage(page([job], { page: 2, hasOlder: true }), [], en);
    const ids = components.flatMap((row) => row.components.map((button) => button.custom_id));
    assert.deepEqual(ids, [`video:${job.id}`, 'page:1', 'page:3', 'forget:ask']);
    for (const id of ids) {
      const pressed = parseCustomId(id);
      assert.ok(pressed !== null && !marksJob(pressed));
    }
    for (const forged of [
      'forget:',
      'forget:all',
      'page:-1',
      'page:1e9',
      'page:',
      'page:999999',
      'video:short',
    ]) {
      assert.equal(parseCustomId(forged), null, forged);
    }
  });
});

describe('a copy that could not be posted', () => {
  it('says so, and where the video is', (t) => {
    const job = sampleJob('delivered');
    const told = (['too large', 'not posted'] as const).map(
      (why) => `── ${why}\n${asSeen(noCopyMessage(job, why))}\n`,
    );
    t.assert.fileSnapshot(told.join('\n'), snapshot('no-copy.txt'), { serializers: [String] });
    assert.notEqual(altText(job), '');
  });
});

describe('"Delete my data"', () => {
  it('says before what goes and what stays, and afterwards what went', (t) => {
    const told = {
      before: askedToForget(en),
      'all of it': forgotten({ videos: 3, jobs: 12, running: 0 }, en),
      'one of each': forgotten({ videos: 1, jobs: 1, running: 1 }, en),
      'no video': forgotten({ videos: 0, jobs: 2, running: 2 }, en),
      nothing: forgotten({ videos: 0, jobs: 0, running: 0 }, en),
      'nothing yet': forgotten({ videos: 0, jobs: 0, running: 1 }, en),
    };
    const text = Object.entries(told).map(([name, body]) => `── ${name}\n${asSeen(body)}\n`);
    t.assert.fileSnapshot(text.join('\n'), snapshot('forgetting.txt'), { serializers: [String] });
    for (const { allowed_mentions } of Object.values(told)) {
      assert.deepEqual(allowed_mentions, { parse: [] });
    }
  });
});

describe('the help', () => {
  it('is one message with prices, charges, limits and privacy', (t) => {
    t.assert.fileSnapshot(
      helpText([omni, veo], en, 'https://privacy.example/bot'),
      snapshot('help.txt'),
      {
        serializers: [(text) => `${text}\n`],
      },
    );
  });

  it('stays within one message however many models there are and whatever they are called', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...veo,
      id: `m${i}`,
      name: '@everyone [x](https://evil.example) **'.repeat(9),
    }));
    const text = helpText(many, en);
    assert.ok(text.length <= 2_000, `${text.length}`);
    assert.match(text, /and 34 more/);
    for (const effect of seen(text).effects) assert.match(effect, /^(?:\*\*|`|`[^`]*`)$/);
    assert.match(helpText([], en), /No video model can be used at the moment/);
  });
});
