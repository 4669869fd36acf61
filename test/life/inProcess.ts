/** The bot in the test's own process, put together as `main.ts` does it, on a clock that is moved. */
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createVideoService } from '../../src/litellm/service.ts';
import { createLog } from '../../src/log.ts';
import { openParts, type Parts } from '../../src/parts.ts';
import { MovedClock } from './clock.ts';
import type { World } from './world.ts';

export interface BotInProcess {
  readonly clock: MovedClock;
  stop(): Promise<void>;
}

export async function startInProcess(
  world: World,
  more: {
    env?: Readonly<Record<string, string>>;
    clock?: MovedClock;
    parts?: (parts: Parts) => Partial<Parts>;
  } = {},
): Promise<BotInProcess> {
  const config = readConfig({ ...world.env, LOG_LEVEL: 'silent', ...more.env });
  const clock = more.clock ?? new MovedClock();
  const fatal = (error: unknown): void => {
    throw error;
  };
  const opened = await openParts(config, { log: createLog(config.logLevel), fatal });
  const service = createVideoService({ ...config.litellm, now: () => clock.now() });
  const parts: Parts = {
    ...opened,
    clock,
    // Who moves the clock moves everybody's.
    otherTime: async () => clock.now(),
    service,
    close: async () => {
      await service.close();
      await opened.close();
    },
  };
  const app = createApp(config, { ...parts, ...more.parts?.(parts) });
  await app.start();
  return { clock, stop: () => app.stop() };
}
