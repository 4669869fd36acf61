/** The safety filter answers "done" with nothing inside, in many forms: in words, and not charged. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: Number.POSITIVE_INFINITY },
  env: { LIMIT_MEMBER_DAY_VIDEOS: '1', MAX_RUNNING_VIDEOS: '50' },
});
const { google } = world;
after(() => world.close());
await world.startBot();

function operationFor(prompt: string): Promise<Operation> {
  return eventually(() => google.operations.find((o) => o.prompt === prompt), 'the operation');
}

const veo = { model: 'veo-3.1-fast-generate-preview' };
const done = (response: object) => (operation: Operation) => {
  operation.pollAnswer = { name: operation.id, done: true, response };
};
const filtered = (more: object) =>
  done({
    '@type': 'type.googleapis.com/google.ai.generativelanguage.v1beta.PredictLongRunningResponse',
    generateVideoResponse: more,
  });

const forms: [
  what: string,
  options: Record<string, string>,
  decline: (operation: Operation) => void,
][] = [
  [
    'Omni’s own words',
    {},
    (o) => o.refuse('I cannot make this. @everyone <@1> [x](http://evil.example)'),
  ],
  ['words of 10,000 characters', {}, (o) => o.refuse('no '.repeat(3_334))],
  ['words in another language', {}, (o) => o.refuse('この動画は作れません。')],
  ['Veo with a reason', veo, (o) => o.refuse('Your prompt was blocked. Support codes: 29310472')],
  [
    'Veo’s audio filter',
    veo,
    (o) => o.refuse('We encountered an issue with the audio for your prompt.'),
  ],
  [
    'a count as text',
    veo,
    filtered({ raiMediaFilteredCount: '1', raiMediaFilteredReasons: ['blocked'] }),
  ],
  [
    'a reason and an empty list',
    veo,
    filtered({ raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['no'], generatedSamples: [] }),
  ],
];

describe('declined', { concurrency: 20 }, () => {
  for (const [what, options, decline] of forms) {
    test(`by ${what}: not charged, the allowance is back, and nothing runs again by itself`, async () => {
      const prompt = `a cat declined by ${what}`;
      const ask = await somebodyAsks(world, prompt, { options });
      decline(await operationFor(prompt));
      await ask.message.becomes(says(/🚫 The model declined[\s\S]*Not charged\./));
      assert.deepEqual(ask.message.pings, []);
      assert.doesNotMatch(ask.message.content, /(?<!\\)\[x\]\(/);
      holds(world, ask, { paid: 1, videos: 0 });
      const pressed = await ask.member.presses(ask.message, 'Run again');
      const again = await pressed.reply();
      const second = await eventually(
        () => google.operations.filter((o) => o.prompt === prompt)[1],
        'the second operation',
      );
      second.finish();
      await again.becomes(hasVideo);
      holds(world, ask, { paid: 2, videos: 1 });
    });
  }

  for (const [what, response] of [
    ['no samples and no count', { generateVideoResponse: { generatedSamples: [] } }],
    ['an empty answer', {}],
    ['no video response', { generateVideoResponse: null }],
  ] as const) {
    test(`done with ${what} ends in words about the charge and throws nothing`, async () => {
      const prompt = `a cat in ${what}`;
      const ask = await somebodyAsks(world, prompt, { options: veo });
      done(response)(await operationFor(prompt));
      await ask.message.becomes(says(/(Not charged|Charged \$\d|may have been charged)/));
      holds(world, ask, { paid: 1, videos: 0 });
    });
  }

  test('one sample filtered and one made: the one that was made is delivered', async () => {
    const prompt = 'two cats, one of them filtered';
    const ask = await somebodyAsks(world, prompt, { options: veo });
    (await operationFor(prompt)).finish({ filtered: 'one of the two was blocked' });
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});
