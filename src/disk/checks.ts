/** Whether the data folder, its room and the programs beside it are what the bot needs. */
import { join } from 'node:path';
import type { Finding } from '../jobs/finding.ts';
import { FolderProblem } from './errors.ts';
import { lookAtFolder } from './folder.ts';
import { holder, lockFile } from './lock.ts';
import { findFfmpeg, type WhereFfmpeg } from './shrink/find.ts';
import { room } from './space.ts';

export interface FolderFound {
  readonly findings: readonly Finding[];
  /** Null: the folder is not there yet, or cannot be used. */
  readonly folder: {
    readonly path: string;
    /** A bot runs on it. */
    readonly isHeld: boolean;
    /** It belongs to this user, so that nothing another one could not use is left in it. */
    readonly isOurs: boolean;
  } | null;
}

const MB = 2 ** 20;

/** `isHeld` of a file says whether another process has it. */
export async function checkFolder(
  dataDir: string,
  minFreeBytes: number,
  isHeld: (path: string) => boolean,
): Promise<FolderFound> {
  const what = 'data folder';
  try {
    const { path, uid, above, warnings } = await lookAtFolder(dataDir);
    const doubts = warnings.map((says): Finding => ({ what, verdict: 'look', says }));
    if (uid === null) {
      const says = `${path} is not there yet; the first start makes it.`;
      const findings = [{ what, verdict: 'ok' as const, says }, ...doubts];
      return { findings: [...findings, await checkRoom(above, minFreeBytes)], folder: null };
    }
    const held = isHeld(join(path, lockFile));
    const isOurs = uid === (process.geteuid?.() ?? uid);
    const findings: Finding[] = [
      isOurs
        ? { what, verdict: 'ok', says: `${path} can be written to.` }
        : { what, verdict: 'look', says: notOurs(path, uid) },
      ...doubts,
      await checkRoom(path, minFreeBytes),
      {
        what: 'running',
        verdict: 'ok',
        says: held
          ? `A bot runs on this folder now${holder(path)}; it is left alone.`
          : 'No bot runs on this folder now.',
      },
    ];
    return { findings, folder: { path, isHeld: held, isOurs } };
  } catch (error) {
    if (error instanceof FolderProblem) {
      return { findings: [{ what, verdict: 'wrong', says: error.message }], folder: null };
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    const says = `${dataDir} or the lock in it cannot be read (${code}): look at the disk and its mount.`;
    return { findings: [{ what, verdict: 'wrong', says }], folder: null };
  }
}

function notOurs(path: string, uid: number): string {
  return `${path} belongs to user id ${uid}, and this is user id ${process.geteuid?.()}: run this as the user that the bot runs as.`;
}

async function checkRoom(path: string, minFreeBytes: number): Promise<Finding> {
  const { freeBytes, enough } = await room(path, minFreeBytes);
  const free = `${Math.floor(freeBytes / MB)} MB are free`;
  const needed = `${Math.round(minFreeBytes / MB)} MB`;
  return enough
    ? { what: 'room', verdict: 'ok', says: `${free}.` }
    : {
        what: 'room',
        verdict: 'wrong',
        says: `${free}, and below ${needed} no video is begun: free some room, or lower MIN_FREE_DISK_MB.`,
      };
}

/** @param where null: it is not wanted */
export async function checkFfmpeg(where: WhereFfmpeg | null): Promise<Finding> {
  const what = 'ffmpeg';
  if (where === null) return { what, verdict: 'ok', says: `Turned off by FFMPEG_PATH. ${WITHOUT}` };
  const found = await findFfmpeg(where);
  switch (found.kind) {
    case 'found':
      return {
        what,
        verdict: 'ok',
        says: `Version ${found.ffmpeg.version}: videos that Discord does not accept are made smaller.`,
      };
    case 'not there':
      return { what, verdict: 'look', says: `${notThere(where.program)} ${WITHOUT}` };
    case 'unusable':
      return { what, verdict: 'look', says: `It cannot be used: ${found.how}. ${WITHOUT}` };
    default:
      return found satisfies never;
  }
}

function notThere(program: string): string {
  return program.includes('/')
    ? `There is no program at ${program}: set FFMPEG_PATH to where it is, or leave it out.`
    : `No ${program} is in PATH: install it, or set FFMPEG_PATH to where it is.`;
}

const WITHOUT = 'Videos that Discord does not accept are kept, and not made smaller.';
