/** What a check of one part of the installation found, for its operator. */
export interface Finding {
  /** A word or two, e.g. `data folder`. */
  readonly what: string;
  /** `look`: works, or cannot be told from here. `wrong`: the bot could not work like this. */
  readonly verdict: 'ok' | 'look' | 'wrong';
  /** One line: what was found, and what to do where it is not ok. Never a secret. */
  readonly says: string;
}
