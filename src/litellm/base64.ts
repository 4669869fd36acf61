/** No character of either alphabet: line breaks, padding. */
const NONE = 64;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** By the code of a character, what it stands for: `+` and `-`, `/` and `_` are the same. */
const values = new Uint8Array(256).fill(NONE);
for (const [value, char] of [...`${ALPHABET}+/`].entries()) values[char.charCodeAt(0)] = value;
for (const [value, char] of [...`${ALPHABET}-_`].entries()) values[char.charCodeAt(0)] = value;

/**
 * Base64, plain or the URL's kind, that comes in pieces cut anywhere. By hand, since a string of each
 * piece would pile up faster than it is collected.
 */
export class Base64Decoder {
  /** Of a group of four characters that is not whole yet. */
  #bits = 0;
  #count = 0;
  /** Used again and again, for the same reason. */
  #block = new Uint8Array(0);

  /** What the piece completes; valid until the next call. */
  push(piece: Uint8Array): Uint8Array {
    const mostBytes = Math.ceil((piece.length * 3) / 4) + 3;
    if (this.#block.length < mostBytes) this.#block = new Uint8Array(mostBytes);
    const block = this.#block;
    let [bits, count, end] = [this.#bits, this.#count, 0];
    for (let i = 0; i < piece.length; i++) {
      const value = values[piece[i] as number] as number;
      if (value === NONE) continue;
      bits = (bits << 6) | value;
      count += 1;
      if (count < 4) continue;
      block[end] = bits >> 16;
      block[end + 1] = bits >> 8;
      block[end + 2] = bits;
      end += 3;
      bits = 0;
      count = 0;
    }
    this.#bits = bits;
    this.#count = count;
    return block.subarray(0, end);
  }

  /** What is left at the end. */
  end(): Uint8Array {
    const [bits, count] = [this.#bits, this.#count];
    this.#bits = 0;
    this.#count = 0;
    if (count === 2) return Uint8Array.of(bits >> 4);
    return count === 3 ? Uint8Array.of(bits >> 10, bits >> 2) : new Uint8Array(0);
  }
}
