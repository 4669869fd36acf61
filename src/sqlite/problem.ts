/** The database file cannot be used. The message is one sentence: which file, and what to do. */
export class DatabaseProblem extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'DatabaseProblem';
  }
}

/** A row that cannot be read as a job, for example after an edit by hand. Names the job, never its text. */
export class UnreadableJob extends Error {
  readonly id: string;

  constructor(id: string, what: string) {
    super(`job ${id} cannot be read from the database: ${what}`);
    this.name = 'UnreadableJob';
    this.id = id;
  }
}
