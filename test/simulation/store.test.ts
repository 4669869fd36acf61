import { jobStoreContract } from '../contracts/jobStore.ts';
import { MemoryStore } from './store.ts';

jobStoreContract('The simulated store', async () => {
  const store = new MemoryStore();
  return { store, reopen: async () => store, remove: async () => {} };
});
