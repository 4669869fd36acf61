/** What every JobStore must do with the marks of reports; a part of its suite of its own. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { reporterMark } from '../../src/jobs/admins/reporting.ts';
import type { JobId } from '../../src/jobs/job.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { bringTo, NOON } from '../jobs/samples.ts';
import type { OpenedStore } from './jobStore.ts';

const people = ['1000000000000000001', '1000000000000000002', '1000000000000000003'] as const;
const [ann, bob, cid] = people;

export function reportsContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`${name} as a store of reports`, () => {
    let opened: OpenedStore;
    let store: JobStore;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    const videoOf = async (userId: string): Promise<JobId> =>
      (await bringTo(store, 'delivered', { requester: { userId, locale: 'de' } })).id;

    const report = (jobId: JobId, userId: string, at = NOON) =>
      store.noteReport({ jobId, mark: reporterMark(jobId, userId), at });

    async function reportersOf(id: JobId): Promise<string[]> {
      const marks = await store.reportMarks(id);
      const known = people.filter((userId) => marks.includes(reporterMark(id, userId)));
      assert.equal(known.length, marks.length);
      return known;
    }

    it('keeps each mark of a video once, over a restart, and takes one back', async () => {
      const [one, other] = [await videoOf(ann), await videoOf(ann)];
      await report(one, bob);
      await report(one, bob, NOON + 1);
      await report(one, cid);
      await report(other, bob);
      store = await opened.reopen();
      assert.deepEqual(await reportersOf(one), [bob, cid]);
      await store.dropReport({ jobId: one, mark: reporterMark(one, bob) });
      assert.deepEqual(await reportersOf(one), [cid]);
      assert.deepEqual(await reportersOf(other), [bob]);
      assert.deepEqual(await store.reportMarks('nosuchid'), []);
    });

    it('drops those that are old; a second report has made none younger', async () => {
      const id = await videoOf(ann);
      await report(id, bob, NOON - 1);
      await report(id, bob, NOON + 1);
      await report(id, cid, NOON);
      await store.dropReports(NOON);
      assert.deepEqual(await reportersOf(id), [cid]);
    });

    it('drops those that came after the wish of their video’s member, as its words go', async () => {
      const [unwanted, kept] = [await videoOf(ann), await videoOf(bob)];
      await store.askToForget(ann);
      await report(unwanted, cid);
      await report(kept, cid);
      await store.forgetWords([unwanted, kept]);
      assert.deepEqual(await reportersOf(unwanted), []);
      assert.deepEqual(await reportersOf(kept), [cid]);
    });

    it('of who wants to be forgotten keeps neither their reports nor those of their videos', async () => {
      const videos = new Map<JobId, string>();
      for (const userId of people) videos.set(await videoOf(userId), userId);
      const ids = [...videos.keys()];
      const told = fc.record({ id: fc.constantFrom(...ids), by: fc.constantFrom(...people) });
      const property = fc.asyncProperty(
        fc.array(told, { maxLength: 9 }),
        fc.constantFrom(...people),
        async (reports, leaves) => {
          await store.dropReports(NOON + 1);
          for (const { id, by } of reports) await report(id, by);
          await store.askToForget(leaves);
          for (const id of ids) {
            const left = reports.filter((one) => one.id === id && one.by !== leaves);
            const expected = videos.get(id) === leaves ? [] : left.map(({ by }) => by);
            assert.deepEqual(await reportersOf(id), [...new Set(expected)].toSorted());
          }
        },
      );
      await fc.assert(property, { numRuns: 30 });
    });
  });
}
