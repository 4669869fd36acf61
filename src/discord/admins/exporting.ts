/** Packs the accounts into one file that the place takes: as it is, else squeezed, else not at all. */
import { constants, createGzip } from 'node:zlib';
import type { AccountLine } from '../../jobs/money/accounts.ts';
import { type CsvHow, csvHead, csvLine } from '../../jobs/money/csv.ts';

export interface Exported {
  /** Null: larger than the place takes, also when squeezed. */
  readonly file: { readonly bytes: Uint8Array; readonly kind: 'csv' | 'csv.gz' } | null;
  readonly jobs: number;
  readonly chargedMicroUsd: number;
  readonly maybeMicroUsd: number;
  readonly reservedMicroUsd: number;
}

/** @param maxBytes no more than so much of it is ever held */
export async function exported(
  lines: AsyncIterable<AccountLine>,
  how: CsvHow & { readonly maxBytes: number },
): Promise<Exported> {
  const plain = new Bounded(how.maxBytes);
  const squeezed = new Bounded(how.maxBytes);
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  gzip.on('data', (chunk: Uint8Array) => squeezed.add(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    gzip.once('end', resolve).once('error', reject);
  });
  const write = (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    plain.add(bytes);
    return new Promise((resolve, reject) => {
      gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  };
  const sums = { jobs: 0, chargedMicroUsd: 0, maybeMicroUsd: 0, reservedMicroUsd: 0 };
  let waiting = csvHead(how);
  for await (const line of lines) {
    waiting += csvLine(line, how);
    sums.jobs += 1;
    sums.chargedMicroUsd += line.chargedMicroUsd;
    sums.maybeMicroUsd += line.maybeMicroUsd;
    sums.reservedMicroUsd += line.reservedMicroUsd;
    if (waiting.length < CHUNK_CHARS) continue;
    await write(waiting);
    waiting = '';
  }
  await write(waiting);
  gzip.end();
  await ended;
  const [asIs, small] = [plain.bytes(), squeezed.bytes()];
  if (asIs !== null) return { ...sums, file: { bytes: asIs, kind: 'csv' } };
  return { ...sums, file: small === null ? null : { bytes: small, kind: 'csv.gz' } };
}

const CHUNK_CHARS = 64 * 1024;

/** What comes, as long as it is not too much; then nothing of it. */
class Bounded {
  readonly #maxBytes: number;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > this.#maxBytes) this.#chunks = [];
    else this.#chunks.push(chunk);
  }

  bytes(): Uint8Array | null {
    return this.#sizeBytes > this.#maxBytes ? null : Buffer.concat(this.#chunks);
  }
}
