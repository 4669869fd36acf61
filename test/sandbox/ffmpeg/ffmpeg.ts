/** A program that the bot can be told is ffmpeg, where there is none or it has to misbehave. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Mode =
  | 'works'
  | 'takes its time'
  | 'too large at first'
  | 'comes out too large'
  | 'crashes'
  | 'hangs'
  | 'writes rubbish'
  | 'fills the disk';

const program = fileURLToPath(new URL('program.ts', import.meta.url));

export class StandInFfmpeg {
  readonly #folder: string;

  /** @param folder empty, of its own */
  constructor(folder: string, mode: Mode = 'works') {
    this.#folder = folder;
    this.mode = mode;
    writeFileSync(join(folder, 'RUNS'), '');
    const script = [
      '#!/bin/sh',
      'case "$*" in',
      '  *-version*) echo "ffmpeg version 5.1-standin Copyright"; exit;;',
      '  *encoder=libx264*) echo "Encoder libx264 [a stand-in]:"; exit;;',
      'esac',
      `exec '${process.execPath}' '${program}' '${folder}' "$@"`,
    ];
    writeFileSync(this.path, `${script.join('\n')}\n`, { mode: 0o755 });
  }

  /** For FFMPEG_PATH. */
  get path(): string {
    return join(this.#folder, 'ffmpeg');
  }

  set mode(mode: Mode) {
    writeFileSync(join(this.#folder, 'MODE'), mode);
  }

  /** The arguments of each run over a video, and the process it was. */
  get runs(): { readonly pid: number; readonly args: string }[] {
    const path = join(this.#folder, 'RUNS');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    return lines
      .filter((line) => line !== '')
      .map((line) => {
        const [pid = '', ...args] = line.split(' ');
        return { pid: Number(pid), args: args.join(' ') };
      });
  }
}
