/** How a call is broken off: by its own time, or by who asked for it. */

/**
 * A signal that is aborted after so long, too. `AbortSignal.timeout` stays in memory until its time is
 * up, minutes after the answer; this one goes at `end`.
 */
export function limited(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; readonly end: () => void } {
  const limit = new AbortController();
  const tooLong = (): void => limit.abort(new DOMException('too long', 'TimeoutError'));
  const timer = setTimeout(tooLong, ms).unref();
  const pass = (): void => limit.abort(signal.reason);
  signal.addEventListener('abort', pass);
  if (signal.aborted) pass();
  return {
    signal: limit.signal,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', pass);
    },
  };
}

/** undici hears of an abort only once it is connected, which a silent host can delay by seconds. */
export function orAborted<T>(answered: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const breakOff = (): void => reject(signal.reason);
    signal.addEventListener('abort', breakOff, { once: true });
    answered.then(resolve, reject).finally(() => signal.removeEventListener('abort', breakOff));
  });
}
