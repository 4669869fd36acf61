/** The other end of `standins.ts`: starts the stand-ins in their own process and asks them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answered, Call, Calls, Plan } from './standins.ts';

const file = fileURLToPath(new URL('standins.ts', import.meta.url));

export type StandIns = Awaited<ReturnType<typeof startStandIns>>;

export async function startStandIns(plan: Plan = {}) {
  const child = fork(file, { stdio: 'inherit' });
  const exited = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  child.on('message', (answered: Answered) => {
    const asked = waiting.get(answered.id);
    waiting.delete(answered.id);
    if ('error' in answered) asked?.reject(new Error(`the stand-ins: ${answered.error}`));
    else asked?.resolve(answered.value);
  });
  child.on('exit', () => {
    for (const asked of waiting.values()) asked.reject(new Error('the stand-ins have ended'));
  });

  function ask<K extends keyof Calls>(
    name: K,
    ...args: Parameters<Calls[K]>
  ): Promise<Awaited<ReturnType<Calls[K]>>> {
    const asked = Promise.withResolvers<unknown>();
    const call: Call<K> = { id: ++last, name, args };
    waiting.set(call.id, asked);
    child.send(call);
    return asked.promise as Promise<Awaited<ReturnType<Calls[K]>>>;
  }

  const at = await ask('start', plan);
  return {
    ...at,
    ask,
    async stop(): Promise<void> {
      await ask('stop');
      await exited;
    },
  };
}
