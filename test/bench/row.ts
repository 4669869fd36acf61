/** One promise, measured. */
export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** The same without what we do about it. */
  readonly baseline?: string;
  readonly ok: boolean;
}
