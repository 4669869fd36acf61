import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCustomId } from '../../src/discord/text/customIds.ts';
import {
  altText,
  jobMessage,
  type MessageBody,
  newVideoMessage,
  pictureKey,
  videoMessage,
} from '../../src/discord/text/job.ts';
import { BUTTON_MAX, CONTENT_MAX } from '../../src/discord/text/quote.ts';
import type { Job } from '../../src/jobs/job.ts';
import { sampleJob, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { pingsWhenAllowed, seen } from './markdown.ts';
import { asSeen, everyPicture } from './pictures.ts';
import { nasty } from './prompts.ts';

const pictures = everyPicture();

/** Our own countdowns, times, links and the quotation; nothing else may have an effect. */
const ours =
  /^(?:> .*|<t:\d+:[RtD]>|https:\/\/discord\.com\/channels\/\S+|discord\.com\/channels\/\S+|`\/veo`|`)$/;

function buttonsOf(message: MessageBody) {
  return message.components.flatMap((row) => row.components);
}

function keepsTheRules(message: MessageBody): void {
  assert.ok(message.content.length <= CONTENT_MAX, `${message.content.length} characters`);
  assert.ok(message.content.isWellFormed());
  const lines = message.content.split('\n');
  assert.ok(lines.length <= 4);
  assert.match(lines[0] ?? '', /^> \S/);
  for (const effect of seen(message.content).effects) {
    const wanted = message.allowed_mentions.users?.map((id) => `<@${id}>`) ?? [];
    assert.ok(ours.test(effect) || wanted.includes(effect), `has an effect: ${effect}`);
  }
  assert.deepEqual(message.allowed_mentions.parse, []);
  assert.ok(message.components.length <= 1);
  assert.ok(buttonsOf(message).length <= 5);
  for (const button of buttonsOf(message)) {
    assert.ok('label' in button && (button.label ?? '').length <= BUTTON_MAX);
    assert.ok(button.custom_id.length <= 100);
    assert.notEqual(parseCustomId(button.custom_id), null);
  }
}

test('every message of a job is as agreed', (t) => {
  const told = [...pictures].map(([name, job]) => `── ${name}\n${asSeen(jobMessage(job))}\n`);
  const path = join(import.meta.dirname, 'snapshots', 'job-messages.txt');
  t.assert.fileSnapshot(told.join('\n'), path, { serializers: [String] });
});

test('the messages with a video are as agreed', (t) => {
  const job = sampleJob('delivering', { id: '8f3kq2zd' });
  const told = [
    `── in the reply\n${asSeen(videoMessage(job))}\n`,
    `── in a new message\n${asSeen(newVideoMessage(job, 'channel'))}\n`,
    `── in a direct message\n${asSeen(newVideoMessage(job, 'dm'))}\n`,
    `── alt text\n${altText(job)}\n`,
  ];
  const path = join(import.meta.dirname, 'snapshots', 'video-messages.txt');
  t.assert.fileSnapshot(told.join('\n'), path, { serializers: [String] });
});

test('every message keeps to three parts, the limits, and no effects of others', () => {
  for (const job of pictures.values()) keepsTheRules(jobMessage(job));
});

test('whatever a member or the service writes, a message keeps the rules', () => {
  const jobs = [...pictures.values()];
  fc.assert(
    fc.property(
      ...([
        fc.constantFrom(...jobs),
        nasty,
        nasty,
        nasty,
        fc.integer({ min: 1, max: 100 }),
      ] as const),
      (job, prompt, said, modelName, times) => {
        const request = sampleRequest({ prompt: prompt.repeat(times), modelName });
        const words = job.state === 'failed' ? { said: said.repeat(times) } : {};
        const changed = { ...job, request, ...words } as Job;
        keepsTheRules(jobMessage(changed));
        if (changed.state !== 'delivering') return;
        const where = newVideoMessage(changed, 'channel');
        keepsTheRules(where);
        assert.deepEqual(pingsWhenAllowed(where.content), [`<@${changed.requester.userId}>`]);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('what is said about a charge is what the job says', () => {
  const phrases = {
    'not charged': /not charged/i,
    charged: /(?<!not )(?<!been )\bcharged\b/i,
    'may have been charged': /may have been charged/i,
  };
  for (const [name, job] of pictures) {
    if (!('charge' in job)) continue;
    const { content } = jobMessage(job);
    for (const [kind, phrase] of Object.entries(phrases)) {
      assert.equal(phrase.test(content), kind === job.charge.kind, `${name}: ${kind}\n${content}`);
    }
    if (job.charge.kind !== 'not charged') assert.match(content, /\$\d+\.\d\d/, name);
  }
});

test('no unpaid state speaks of a charge that was made', () => {
  for (const [name, job] of pictures) {
    if (job.state !== 'received' && job.state !== 'queued') continue;
    assert.match(jobMessage(job).content, /nothing charged/i, name);
  }
});

test('Cancel is offered only while the job can be cancelled', () => {
  for (const [name, job] of pictures) {
    const offered = buttonsOf(jobMessage(job)).some((b) => b.custom_id === `cancel:${job.id}`);
    const possible =
      job.state === 'received' ||
      job.state === 'gathering' ||
      job.state === 'queued' ||
      (job.state === 'submitting' && !job.cancelAsked) ||
      (job.state === 'generating' && job.request.canCancel);
    assert.equal(offered, possible, name);
  }
});

test('running again is never offered while the first video may still come', () => {
  const offers = (job: Job) =>
    buttonsOf(jobMessage(job)).some((b) => b.custom_id.startsWith('again:'));
  for (const [name, job] of pictures) {
    if (!['delivered', 'failed', 'unconfirmed', 'cancelled'].includes(job.state)) {
      assert.equal(offers(job), false, name);
    }
    if (job.state === 'failed' && job.dueAt !== null) assert.equal(offers(job), false, name);
  }
});

test('a reply that only its token reaches offers to show the result from the first moment', () => {
  for (const over of [{ place: 'elsewhere' as const }, { ephemeral: true }]) {
    for (const state of ['received', 'queued', 'submitting', 'generating', 'delivering'] as const) {
      const job = sampleJob(state, { reply: sampleReply(over) });
      const ids = buttonsOf(jobMessage(job)).map((button) => button.custom_id);
      assert.ok(ids.includes(`show:${job.id}`), state);
    }
  }
});

test('the key of a picture changes exactly when what is seen changes', () => {
  const all = [...pictures.values()].map((job) => {
    const { content, components } = jobMessage(job);
    return { key: pictureKey(job), read: JSON.stringify([content, components]) };
  });
  for (const a of all) {
    for (const b of all) assert.equal(a.key === b.key, a.read === b.read);
  }
  const job = sampleJob('queued');
  assert.equal(pictureKey(job), pictureKey({ ...job, revision: 9, dueAt: 1, attempts: 3 }));
});

test('the job that is being fetched and the one being posted look alike, so no edit is spent', () => {
  const common = { id: '8f3kq2zd', reply: sampleReply() };
  const fetched = pictureKey(sampleJob('downloading', common));
  assert.equal(fetched, pictureKey(sampleJob('delivering', common)));
});
