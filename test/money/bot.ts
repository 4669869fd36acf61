/** The real core over a store, as `app.ts` puts it together, with a clock that is set by hand. */
import { type Actions, createActions } from '../../src/jobs/actions.ts';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { createSteering, type Steering } from '../../src/jobs/admins/steering.ts';
import { createForgetting, type Forgetting } from '../../src/jobs/keeping/forgetting.ts';
import { Models } from '../../src/jobs/models.ts';
import type { Calendar } from '../../src/jobs/money/calendar.ts';
import { LimitBook } from '../../src/jobs/money/limits.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { openHouse } from '../jobs/openHouse.ts';
import { simulatedModels } from '../simulation/models.ts';

export interface Bot {
  readonly store: JobStore;
  readonly actions: Actions;
  readonly steering: Steering;
  readonly forgetting: Forgetting;
  readonly writer: Writer;
  readonly settings: Settings;
  readonly book: LimitBook;
  isDead: boolean;
}

export interface Times {
  readonly now: () => number;
  readonly wall: () => number;
}

export function botOver(store: JobStore, { now, wall }: Times, calendar: Calendar): Bot {
  const models = new Models(simulatedModels);
  const house = openHouse(models);
  const clock = { now, wall, monotonic: now, after: () => () => {} };
  const writer = new Writer({ store, observe: () => {}, changed: () => {} });
  const files = { has: async () => true, remove: async () => {} };
  const pictures = { removePictures: async () => {} };
  const forgetting = createForgetting({ store, files, pictures, writer, clock });
  const settings = new Settings(store);
  const book = new LimitBook([], null, settings);
  const actions = createActions({
    ...{ store, files, writer, forgetting, models, house, clock, calendar },
    limits: () => book.limits(),
    exempt: () => book.exempt(),
    confirmAboveMicroUsd: () => null,
    ...{ rules: defaultRules, videoLinks: null, wake: () => {} },
  });
  const pause = new Pause(settings);
  const steering = createSteering({ store, writer, pause, house, clock, wake: () => {} });
  return { store, actions, steering, forgetting, writer, settings, book, isDead: false };
}
