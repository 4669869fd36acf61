/** Discord's epoch, 2015-01-01, in ms. */
const EPOCH_MS = 1_420_070_400_000n;

/** Makes ids that grow, as Discord's do: the time in ms in the upper bits, a counter below. */
export function createIds(now: () => number): () => string {
  let last = 0n;
  return () => {
    const fromTime = (BigInt(Math.floor(now())) - EPOCH_MS) << 22n;
    last = fromTime > last ? fromTime : last + 1n;
    return last.toString();
  };
}
