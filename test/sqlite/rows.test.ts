import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clipOf } from '../../src/jobs/basis.ts';
import { mayUseClip } from '../../src/jobs/clips.ts';
import { states } from '../../src/jobs/states.ts';
import { followsFromTakenDown, isTakenDown, noteTakenDown } from '../../src/jobs/takenDown.ts';
import type { UnreadableJob } from '../../src/sqlite/problem.ts';
import { bringTo, NOON, sampleNewJob, sampleRequest } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

describe('A row that cannot be read', () => {
  const damages: Readonly<Record<string, [sql: string, says: RegExp]>> = {
    'an unknown state': [`state = 'dreaming'`, /unknown state "dreaming"/],
    'broken JSON': [`request = '{"prompt": "a secret cat'`, /request is broken JSON/],
    'JSON that is no object': [`reply = 'null'`, /reply is no object/],
    'a field missing': [`own = '{}'`, /operation is missing in state generating/],
    'no due time': [`due_at = NULL`, /dueAt is missing in state generating/],
  };

  for (const [name, [sql, says]] of Object.entries(damages)) {
    it(`because of ${name} is an error that names the job, and no other job's`, async () => {
      using folder = new Folder();
      const problems: UnreadableJob[] = [];
      const { db, store } = folder.open({ onUnreadable: (problem) => problems.push(problem) });
      const broken = await bringTo(store, 'generating', {}, { dueAt: NOON });
      const whole = await bringTo(store, 'generating', {}, { dueAt: NOON + 1 });
      db.exec(`UPDATE jobs SET ${sql} WHERE id = '${broken.id}'`);

      await assert.rejects(store.find(broken.id), (error) => {
        assert.ok(error instanceof Error && error.message.includes(broken.id));
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
      for (let again = 0; again < 2; again += 1) {
        assert.deepEqual(await store.due(['generating'], NOON + 5, 1), [whole]);
        assert.deepEqual(await store.inStates(['generating']), [whole]);
        assert.deepEqual(await store.unshown(), [whole]);
      }
      assert.deepEqual(
        problems.map(({ id }) => id),
        [broken.id],
      );
      assert.equal((await store.history(broken.id)).length, 4);
      const { lookAt } = await store.overview({ dayAt: 0, monthAt: 0 });
      assert.deepEqual(lookAt, []);
    });
  }

  it('is no clip to make anything of, and stops nothing that was made of it', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    const clip = await bringTo(store, 'delivered');
    const basis = { ...(clipOf(clip) ?? assert.fail()), kind: 'extend' as const };
    const made = await bringTo(store, 'delivering', { request: sampleRequest({ basis }) });
    db.exec(`UPDATE jobs SET own = '{' WHERE id = '${clip.id}'`);
    assert.equal(await mayUseClip(store, basis), false);
    assert.equal(await isTakenDown(store, made, made.reply.guildId), false);
    await noteTakenDown(store, clip.id, null, NOON);
    assert.equal(await isTakenDown(store, made, made.reply.guildId), true);
    const wish = { prompt: 'longer', of: clip.id };
    assert.equal(await followsFromTakenDown(store, wish, made.reply.guildId), true);
  });

  it('keeps its origin and its reservation', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    const broken = await bringTo(store, 'queued');
    db.exec(`UPDATE jobs SET own = ''`);
    await assert.rejects(
      store.accept(sampleNewJob({ origin: broken.origin }), []),
      /cannot be read/,
    );
    assert.equal((await store.overview({ dayAt: 0, monthAt: 0 })).day.videos, 1);
  });
});

describe('Text of a person', () => {
  it('comes back as it went in, whatever it is made of', async () => {
    using folder = new Folder();
    const { store } = folder.open();
    const prompt = `'; DROP TABLE jobs; -- \u0000 "\\ 🐈‍⬛ \ud800 ${'x'.repeat(20_000)}`;
    const asked = sampleNewJob();
    await store.accept({ ...asked, request: { ...asked.request, prompt } }, []);
    assert.equal((await store.find(asked.id))?.request.prompt, prompt);
    assert.equal(await store.count(states), 1);
  });
});
