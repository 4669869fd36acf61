/** Base64, plain or the URL's kind, that comes in pieces cut anywhere. */
export class Base64Decoder {
  #rest = '';

  push(piece: Uint8Array): Uint8Array {
    const added = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    // Line breaks and padding would shift the groups of four.
    const clean = /[^A-Za-z0-9+/_-]/.test(added) ? added.replace(/[^A-Za-z0-9+/_-]/g, '') : added;
    const all = this.#rest + clean;
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    return Buffer.from(all.slice(0, whole), 'base64');
  }

  end(): Uint8Array {
    const last = Buffer.from(this.#rest, 'base64');
    this.#rest = '';
    return last;
  }
}
