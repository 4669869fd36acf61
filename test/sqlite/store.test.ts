import { openStore } from '../../src/sqlite/store.ts';
import { accountsContract } from '../contracts/accounts.ts';
import { conversationsContract } from '../contracts/conversations.ts';
import { forgettingContract } from '../contracts/forgetting.ts';
import { jobStoreContract } from '../contracts/jobStore.ts';
import { reportsContract } from '../contracts/reports.ts';
import { Folder } from './folder.ts';

for (const contract of [
  jobStoreContract,
  forgettingContract,
  accountsContract,
  conversationsContract,
  reportsContract,
]) {
  contract('A SQLite file', async () => {
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
}
