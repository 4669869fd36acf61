/** What is told from outside of a job: by webhook, and so by anybody. */
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { World } from './world.ts';

/** The service tells what has ended: late, never, twice, or of something else. */
export function tellOfEnds(world: World): void {
  const { chance, time, google } = world;
  if (chance.is(0.5)) return;
  google.onBegin = (work) => {
    if (chance.is(0.3)) return;
    const { jobId } = chance.is(0.03) ? chance.pick(google.works) : work;
    const name = chance.is(0.1) ? null : work.name;
    const tell = () => {
      const { bot } = world;
      if (bot?.isReady !== true) return;
      bot.hints.told(jobId, name).then(
        (heard) => world.tell(() => `told of ${jobId}: ${heard}`),
        (error: unknown) => {
          if (!(error instanceof StorageFull)) world.failed(bot.process, error);
        },
      );
    };
    const times = chance.is(0.2) ? 3 : 1;
    for (let i = 0; i < times; i++) time.at(work.endsAt + chance.between(20, 4_000), tell);
    if (chance.is(0.2)) time.after(chance.between(0, 2_000), tell);
  };
}
