/** Lets a few run at a time, the others in the order they came. */
export interface Slots {
  /** Throws the signal's reason when it is aborted before its turn. */
  use<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T>;
}

export function createSlots(atOnce: number): Slots {
  let free = atOnce;
  const waiting: (() => void)[] = [];

  function turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const mine = () => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(mine), 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(mine);
    return promise;
  }

  return {
    async use(signal, run) {
      await turn(signal);
      try {
        return await run();
      } finally {
        const next = waiting.shift();
        // Handed over, not given back: nobody who comes in between may take it.
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
