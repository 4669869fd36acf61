/** A service that reports an absurd use: the bot neither ends of it nor believes it. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { eventually, hasVideo, holds, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google } = world;
after(() => world.close());
const bot = await world.startBot();

describe('a finished video', { concurrency: 4 }, () => {
  for (const usage of [
    { total_input_tokens: 1e30, total_output_tokens: 5 },
    {
      total_output_tokens: 1e15,
      output_tokens_by_modality: [{ modality: 'video', tokens: 1e15 }],
    },
    { total_input_tokens: -19, output_tokens_by_modality: [{ modality: 'video', tokens: 0.5 }] },
    { total_input_tokens: 19 },
  ]) {
    test(`that reports ${JSON.stringify(usage)} is charged at its estimate and posted`, async () => {
      const prompt = `a cat that used ${JSON.stringify(usage).replaceAll(/\W+/g, ' ')}`.trim();
      const ask = await somebodyAsks(world, prompt);
      const find = () => google.operations.find((one) => one.prompt === prompt);
      const operation = await eventually(find, 'the operation');
      operation.finish();
      const uri = `https://g/v1beta/files/${operation.fileId}:download?alt=media`;
      const video = { type: 'video', mime_type: 'video/mp4', uri };
      operation.pollAnswer = {
        ...{ id: operation.id, status: 'completed', usage },
        steps: [{ type: 'model_output', content: [video] }],
      };
      await ask.message.becomes(hasVideo);
      assert.match(ask.message.content, /\$0\.56 charged/);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }
});

test('the process has lived through all of it', () => {
  assert.equal(bot.process.exitCode, null);
});
