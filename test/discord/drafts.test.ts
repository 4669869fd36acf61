/** An offer belongs to the one it was made to, whoever gets hold of its button. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { running } from './running.ts';

test('an offer is started by the one it was made to and by nobody else', async () => {
  await using at = await running();
  at.ann.dm.says('a cat with a ball of yarn');
  const offer = await at.ann.dm.nextMessage();
  const stranger = await at.bob.presses(offer, 'Make it');
  const words = await stranger.reply();
  assert.match(words.content, /Nothing charged/);
  assert.ok(words.ephemeral);
  assert.deepEqual(await at.jobs(), []);
  await at.ann.presses(offer, 'Make it');
  const job = await at.changed(({ state }) => state === 'queued');
  assert.equal(job.requester.userId, at.ann.id);
});
