/** A mistake as a developer makes it, and who has to notice. */
export interface PlantedFault {
  /** What the code does wrong, in words. */
  readonly what: string;
  /** From the root of the project. */
  readonly file: string;
  /** The text that stands there exactly once, and what stands there instead. */
  readonly edits: readonly Edit[];
  /** Each alone has to notice. */
  readonly caughtBy: readonly Catcher[];
}

export type Edit = readonly [right: string, wrong: string];

export type Catcher = Tests | Lives;

export interface Tests {
  readonly test: string;
  /** Only those whose name (with the names around it) holds one of these. */
  readonly named?: readonly string[];
}

/** So many lives of the simulation. */
export interface Lives {
  readonly lives: number;
}

/** @throws where a text is not there exactly once */
export function withFault(source: string, { what, file, edits }: PlantedFault): string {
  let text = source;
  for (const [right, wrong] of edits) {
    const times = text.split(right).length - 1;
    if (times !== 1) {
      throw new Error(`"${what}": its text is ${times} times in ${file}, not once:\n${right}`);
    }
    text = text.replace(right, () => wrong);
  }
  return text;
}
