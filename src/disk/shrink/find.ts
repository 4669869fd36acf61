/** Looks for ffmpeg, once, and for what keeps it in bounds. Nothing needs it. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

export interface WhereFfmpeg {
  /** A path, or a bare name that is looked for. */
  readonly program: string;
  /** Absolute folders, in order. */
  readonly searchIn: readonly string[];
}

export interface Ffmpeg {
  /** The program to start, and what stands in front of ffmpeg's own arguments. */
  readonly command: string;
  readonly args: readonly string[];
  readonly version: string;
}

export type FoundFfmpeg =
  | { readonly kind: 'found'; readonly ffmpeg: Ffmpeg }
  | { readonly kind: 'not there' }
  /** It does not answer, or cannot make the videos that Discord shows. */
  | { readonly kind: 'unusable'; readonly how: string };

const ANSWERS_WITHIN_MS = 5_000;
/** 4K takes about 1 GB; a file made to take more ends ffmpeg, not the bot. */
const MOST_MEMORY_BYTES = 2 * 2 ** 30;

export async function findFfmpeg(where: WhereFfmpeg): Promise<FoundFfmpeg> {
  const path = await programAt(where.program, where.searchIn);
  if (path === null) return { kind: 'not there' };
  for (const before of await keepers(where.searchIn)) {
    const [command = path, ...args] = [...before, path];
    const version = /^ffmpeg version ([\w.+~-]{1,40})/.exec(
      (await output(command, [...args, '-version'])) ?? '',
    )?.[1];
    if (version === undefined) continue;
    const encoder = await output(command, [...args, '-hide_banner', '-h', 'encoder=libx264']);
    return encoder?.startsWith('Encoder libx264') === true
      ? { kind: 'found', ffmpeg: { command, args, version } }
      : { kind: 'unusable', how: `version ${version} has no libx264` };
  }
  return { kind: 'unusable', how: 'it does not answer' };
}

/** The best first; what this system does not have, or refuses, is left out by trying. */
async function keepers(searchIn: readonly string[]): Promise<string[][]> {
  const setpriv = await programAt('setpriv', searchIn);
  const prlimit = await programAt('prlimit', searchIn);
  // Ends with the bot, also where that is killed.
  const dies = setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL'];
  const bounded = prlimit === null ? [] : [prlimit, `--data=${MOST_MEMORY_BYTES}`, '--core=0'];
  return [[...dies, ...bounded], bounded, dies, []];
}

async function programAt(program: string, searchIn: readonly string[]): Promise<string | null> {
  const isPath = isAbsolute(program) || program.includes('/');
  const paths = isPath ? [resolve(program)] : searchIn.map((folder) => join(folder, program));
  for (const path of paths) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

function output(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    try {
      const options = { env: {}, timeout: ANSWERS_WITHIN_MS, killSignal: 'SIGKILL' } as const;
      execFile(command, args, options, (error, text) => done(error === null ? text : null));
    } catch {
      done(null);
    }
  });
}
