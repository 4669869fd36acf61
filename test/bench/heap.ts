/**
 * Loaded into the bot's process before anything else. At SIGUSR2 it collects what is garbage and
 * prints what is left. What the bot does once an hour it does every `HOUR_TAKES_MS`, so that a run of
 * minutes is cleaned up after as days are.
 */
const HOUR_MS = 3_600_000;
const hourTakesMs = Number(process.env.HOUR_TAKES_MS);

const inShort = (ms: unknown): unknown => (ms === HOUR_MS ? hourTakesMs : ms);

for (const name of ['setTimeout', 'setInterval'] as const) {
  const real = globalThis[name] as (...args: unknown[]) => unknown;
  globalThis[name] = ((call: unknown, ms: unknown, ...more: unknown[]) =>
    real(call, inShort(ms), ...more)) as never;
}

process.on('SIGUSR2', () => {
  // Twice: what a finalizer lets go of is garbage only then.
  globalThis.gc?.();
  setImmediate(() => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    console.log(JSON.stringify({ level: 'bench', msg: 'memory', rss, heapUsed }));
  });
});
