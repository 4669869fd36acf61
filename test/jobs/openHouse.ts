/** A house in which no admin has decided anything. */
import { House } from '../../src/jobs/admins/house.ts';
import type { Models } from '../../src/jobs/models.ts';

export function openHouse(models: Models): House {
  return new House({ get: () => null, servers: () => [] }, models);
}
