/** Base64, plain or the URL's kind, that comes in pieces cut anywhere. */
export class Base64Decoder {
  #rest = '';
  /** Used again and again: a new block for each piece would pile up faster than it is collected. */
  #block = Buffer.alloc(0);

  /** What the piece completes; valid until the next call. */
  push(piece: Uint8Array): Uint8Array {
    const added = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    // Line breaks and padding would shift the groups of four.
    const clean = /[^A-Za-z0-9+/_-]/.test(added) ? added.replace(/[^A-Za-z0-9+/_-]/g, '') : added;
    const all = this.#rest + clean;
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    return this.#decoded(all.slice(0, whole));
  }

  /** What is left at the end. */
  end(): Uint8Array {
    const last = this.#decoded(this.#rest);
    this.#rest = '';
    return last;
  }

  #decoded(base64: string): Uint8Array {
    if (this.#block.length < base64.length) this.#block = Buffer.alloc(base64.length);
    return this.#block.subarray(0, this.#block.write(base64, 'base64'));
  }
}
