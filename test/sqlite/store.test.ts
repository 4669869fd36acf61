import { openStore } from '../../src/sqlite/store.ts';
import { jobStoreContract } from '../contracts/jobStore.ts';
import { Folder } from './folder.ts';

jobStoreContract('A SQLite file', async () => {
  const folder = new Folder();
  const path = folder.database;
  let store = await openStore({ path });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openStore({ path });
      return store;
    },
    async remove() {
      await store.close();
      folder.remove();
    },
  };
});
