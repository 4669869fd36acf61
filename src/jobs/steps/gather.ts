/** Brings the pictures of a request into the data directory. Free: nothing is paid before they are there. */
import type { JobIn } from '../job.ts';
import { fileAtDiscord, type Picture, type PictureFile } from '../pictures.ts';
import type { PictureFiles, PictureLinks } from '../ports/files.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { PictureTrouble } from '../reasons.ts';

export type GatherOutcome =
  | { readonly kind: 'gathered'; readonly pictures: readonly Picture[] }
  | { readonly kind: 'unusable'; readonly why: PictureTrouble }
  | { readonly kind: 'later'; readonly how: string; readonly retryAfterMs: number | null };

type Got =
  | { readonly kind: 'kept'; readonly file: PictureFile }
  | Exclude<GatherOutcome, { kind: 'gathered' }>;

interface Ports {
  readonly links: PictureLinks;
  readonly pictures: PictureFiles;
}

/** All or nothing, one after the other: what was kept in an earlier try is fetched anew. */
export async function gather(
  job: JobIn<'gathering'>,
  ports: Ports,
  maxBytes: number,
  signal: AbortSignal,
): Promise<GatherOutcome> {
  const kept: Picture[] = [];
  for (const [index, picture] of job.request.pictures.entries()) {
    const got = await getOne(job, index, picture, ports, maxBytes, signal).catch(noRoom);
    if (got.kind !== 'kept') return got;
    const from = fileAtDiscord(picture);
    const at = { ...got.file, kind: 'kept' as const, ...(from !== undefined && { from }) };
    kept.push({ role: picture.role, at });
  }
  return { kind: 'gathered', pictures: kept };
}

async function getOne(
  { id, request }: JobIn<'gathering'>,
  index: number,
  { at }: Picture,
  { links, pictures }: Ports,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Got> {
  if (at.kind === 'kept') {
    const file = await pictures.keepAgain(id, index, at);
    return file === null ? { kind: 'unusable', why: 'picture gone' } : { kind: 'kept', file };
  }
  const into = await pictures.receive(id, index);
  try {
    const fetched = await links.fetch(at.url, into, maxBytes, signal);
    if (fetched.kind === 'later') return fetched;
    if (fetched.kind === 'gone') return { kind: 'unusable', why: 'picture gone' };
    if (fetched.kind === 'too large') return { kind: 'unusable', why: 'picture too large' };
  } finally {
    await into.close();
  }
  const checked = await pictures.keep(id, index, { heic: request.takesHeic }, signal);
  return checked.ok ? { kind: 'kept', file: checked.file } : { kind: 'unusable', why: checked.why };
}

function noRoom(error: unknown): Got {
  if (!(error instanceof StorageFull)) throw error;
  return { kind: 'later', how: error.message, retryAfterMs: null };
}
