/** The real bot as a process of its own: started, listened to, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly job?: string;
  readonly state?: string;
  readonly event?: string;
  readonly [field: string]: unknown;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const GENEROUS_MS = 20_000;

export class Bot {
  readonly process: ChildProcess;
  readonly lines: LogLine[] = [];
  /** Everything printed, as it came. */
  output = '';
  readonly ended: Promise<Ended>;
  readonly #listeners = new Set<() => void>();

  constructor(main: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) {
    this.process = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
    this.ended = once(this.process, 'close').then(([code, signal]) => {
      for (const listener of this.#listeners) listener();
      return { code, signal };
    });
  }

  /** The first line (also an earlier one) that fits. */
  async says(fits: (line: LogLine) => boolean, what = 'a line'): Promise<LogLine> {
    const limit = AbortSignal.timeout(GENEROUS_MS);
    for (;;) {
      const found = this.lines.find(fits);
      if (found !== undefined) return found;
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`the bot ended before it said ${what}:\n${this.output}`);
      }
      if (limit.aborted) throw new Error(`the bot never said ${what}:\n${this.output}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#listeners.delete(done);
          limit.removeEventListener('abort', done);
          resolve();
        };
        this.#listeners.add(done);
        limit.addEventListener('abort', done);
      });
    }
  }

  /** SIGKILL: nothing in the process gets a word in. */
  async kill(): Promise<Ended> {
    this.process.kill('SIGKILL');
    return this.ended;
  }

  async stop(): Promise<Ended> {
    this.process.kill('SIGTERM');
    return this.ended;
  }

  #hear(line: string): void {
    this.output += `${line}\n`;
    try {
      this.lines.push(JSON.parse(line) as LogLine);
    } catch {
      this.lines.push({ level: 'plain', msg: line });
    }
    for (const listener of this.#listeners) listener();
  }
}
