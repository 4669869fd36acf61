import { accountsContract } from '../contracts/accounts.ts';
import { conversationsContract } from '../contracts/conversations.ts';
import { forgettingContract } from '../contracts/forgetting.ts';
import { jobStoreContract } from '../contracts/jobStore.ts';
import { reportsContract } from '../contracts/reports.ts';
import { MemoryStore } from './store.ts';

for (const contract of [
  jobStoreContract,
  forgettingContract,
  accountsContract,
  conversationsContract,
  reportsContract,
]) {
  contract('The simulated store', async () => {
    const store = new MemoryStore();
    return { store, reopen: async () => store, remove: async () => {} };
  });
}
