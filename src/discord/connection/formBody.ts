/**
 * A form with files that ends with its request. undici reads a file to its end without waiting for
 * whom it is for; a request that is over meanwhile (refused at its first bytes, reset, broken off) has
 * closed what it is read into, and the error of that is nobody's: the process would end by it.
 */
import { ReadableStream } from 'node:stream/web';

export interface EndingForm {
  readonly form: FormData;
  /** Its request is over: nothing more is read. */
  end(): void;
}

export function endingForm(of: FormData): EndingForm {
  let isOver = false;
  const form = new FormData();
  for (const [name, part] of of) {
    if (typeof part === 'string') form.append(name, part);
    // Without a file name, which would have it copied, and be read as before.
    else form.append(name, new EndingFile(part, () => isOver));
  }
  return {
    form,
    end() {
      isOver = true;
    },
  };
}

class EndingFile extends File {
  readonly #of: File;
  readonly #isOver: () => boolean;

  constructor(of: File, isOver: () => boolean) {
    super([], of.name, { type: of.type });
    this.#of = of;
    this.#isOver = isOver;
    Object.defineProperty(this, 'size', { value: of.size });
  }

  override stream(): ReturnType<File['stream']> {
    return ReadableStream.from(this.#chunks()) as ReturnType<File['stream']>;
  }

  /** Once it is over nobody may be given anything, not even its end: what stands behind it follows that. */
  async *#chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#of.stream()) {
      if (this.#isOver()) break;
      yield chunk;
    }
    if (this.#isOver()) await new Promise(() => {});
  }
}
