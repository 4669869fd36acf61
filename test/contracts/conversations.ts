/** What every JobStore must do with the direct messages it knows of; a part of its suite of its own. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Conversation, JobStore } from '../../src/jobs/ports/store.ts';
import { NOON } from '../jobs/samples.ts';
import type { OpenedStore } from './jobStore.ts';

const ann = '1000000000000000001';
const bob = '1000000000000000002';

export function conversationsContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`${name} as a store of conversations`, () => {
    let opened: OpenedStore;
    let store: JobStore;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    const withAnn: Conversation = { channelId: '11', userId: ann, settledId: '100', at: NOON };
    const withBob: Conversation = { channelId: '12', userId: bob, settledId: '101', at: NOON + 1 };

    it('keeps up to where each is settled, over a restart, the newest first', async () => {
      await store.noteConversation(withAnn);
      await store.noteConversation(withBob);
      store = await opened.reopen();
      assert.deepEqual(await store.findConversation('11'), withAnn);
      assert.equal(await store.findConversation('13'), null);
      assert.deepEqual(await store.conversations(9), [withBob, withAnn]);
      assert.deepEqual(await store.conversations(1), [withBob]);
    });

    it('goes forward only, by the value of the id and not by its letters', async () => {
      await store.noteConversation({ ...withAnn, settledId: '99' });
      await store.noteConversation({ ...withAnn, settledId: '1420070400000000001', at: NOON + 2 });
      for (const settledId of ['99', '1420070400000000000', '1420070400000000001']) {
        await store.noteConversation({ ...withAnn, settledId, at: NOON + 3 });
      }
      const found = await store.findConversation('11');
      assert.deepEqual(found, { ...withAnn, settledId: '1420070400000000001', at: NOON + 2 });
    });

    it('drops those that are old, and all of a member who wants to be forgotten', async () => {
      await store.noteConversation({ ...withAnn, channelId: '10', at: NOON - 1 });
      await store.noteConversation(withAnn);
      await store.noteConversation(withBob);
      await store.dropConversations(NOON);
      assert.deepEqual(await store.conversations(9), [withBob, withAnn]);
      assert.equal(await store.askToForget(ann), 0);
      store = await opened.reopen();
      assert.deepEqual(await store.conversations(9), [withBob]);
    });
  });
}
