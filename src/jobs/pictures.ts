/** Pictures that a video is made from: what each is for, where it is, and what a model takes. */
import type { Model } from './model.ts';

export type PictureRole = 'first frame' | 'last frame' | 'reference';

/** At Discord behind a link that lives about a day, or whole in the data directory. */
export type PicturePlace =
  | {
      readonly kind: 'at discord';
      /** Signed: whoever has it can read the picture, so it is never in a log. */
      readonly url: string;
      /** As announced, which is no proof of anything; null where nothing was. */
      readonly sizeBytes: number | null;
      readonly width: number | null;
      readonly height: number | null;
    }
  | (PictureFile & {
      readonly kind: 'kept';
      /** Which of Discord's files it was, without what opens the link; left out where nobody knows. */
      readonly from?: string;
    });

/** A picture in the data directory, ready to be sent: upright, small enough, of a known kind. */
export interface PictureFile {
  /** A bare file name made from the job's id. */
  readonly name: string;
  readonly mimeType: 'image/jpeg' | 'image/heic';
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface Picture {
  readonly role: PictureRole;
  readonly at: PicturePlace;
}

/** Which of Discord's files it is: the path of its link, which stays when the link is made anew. */
export function fileAtDiscord({ at }: Picture): string | undefined {
  if (at.kind === 'kept') return at.from;
  return URL.canParse(at.url) ? new URL(at.url).pathname : undefined;
}

/** Whether both are for the same and hold the same; what cannot be told apart from another is not. */
export function areTheSame(a: readonly Picture[], b: readonly Picture[]): boolean {
  return a.length === b.length && a.every((one, i) => isTheSame(one, b[i]));
}

function isTheSame(a: Picture, b: Picture | undefined): boolean {
  if (a.role !== b?.role) return false;
  if (a.at.kind === 'kept' && b.at.kind === 'kept' && a.at.sha256 === b.at.sha256) return true;
  const [one, other] = [fileAtDiscord(a), fileAtDiscord(b)];
  // Kept by a version that did not note what it was, beside one to be fetched: rather one video than two.
  if (a.at.kind !== b.at.kind && (one === undefined || other === undefined)) return true;
  return one !== undefined && one === other;
}

/** The files of pictures that have been gathered. */
export function keptIn(pictures: readonly Picture[]): PictureFile[] {
  return pictures.map(({ at }) => {
    if (at.kind !== 'kept') throw new Error('a picture is used before it is kept');
    return at;
  });
}

/** Why pictures are not taken; nothing was paid. Each names the rule. */
export type PictureRefusal =
  | { readonly why: 'no such pictures'; readonly role: PictureRole; readonly model: Model }
  | { readonly why: 'last frame alone' }
  | { readonly why: 'frames and references'; readonly model: Model }
  | {
      readonly why: 'too many pictures';
      readonly role: PictureRole | null;
      readonly most: number;
      readonly model: Model;
    }
  | {
      readonly why: 'seconds for pictures';
      readonly role: PictureRole;
      readonly asked: number;
      readonly fits: readonly number[];
      readonly model: Model;
    }
  | {
      readonly why: 'picture too large';
      readonly sizeBytes: number;
      readonly maxBytes: number;
    };

/** What of the rules can be told before the pictures are here; null: nothing against them. */
export function refusePictures(
  pictures: readonly Picture[],
  model: Model,
  maxBytes: number,
): PictureRefusal | null {
  const count = (role: PictureRole) => pictures.filter((one) => one.role === role).length;
  const rules = model.pictures;
  const [first, last, references] = [count('first frame'), count('last frame'), count('reference')];
  if (first > 0 && !rules.firstFrame)
    return { why: 'no such pictures', role: 'first frame', model };
  if (last > 0 && !rules.lastFrame) return { why: 'no such pictures', role: 'last frame', model };
  if (references > 0 && rules.references === 0) {
    return { why: 'no such pictures', role: 'reference', model };
  }
  if (last > 0 && first === 0) return { why: 'last frame alone' };
  for (const [role, found] of [
    ['first frame', first],
    ['last frame', last],
  ] as const) {
    if (found > 1) return { why: 'too many pictures', role, most: 1, model };
  }
  if (references > rules.references) {
    return { why: 'too many pictures', role: 'reference', most: rules.references, model };
  }
  if (references > 0 && first > 0 && !rules.referencesWithFrames) {
    return { why: 'frames and references', model };
  }
  if (pictures.length > rules.most) {
    return { why: 'too many pictures', role: null, most: rules.most, model };
  }
  for (const { at } of pictures) {
    if (at.kind === 'at discord' && at.sizeBytes !== null && at.sizeBytes > maxBytes) {
      return { why: 'picture too large', sizeBytes: at.sizeBytes, maxBytes };
    }
  }
  return null;
}

/** The lengths that go with these pictures, and the picture that says so; null: all go. */
export function secondsWith(
  pictures: readonly Picture[],
  { pictures: rules }: Pick<Model, 'pictures'>,
): { readonly role: PictureRole; readonly seconds: readonly number[] } | null {
  const has = (role: PictureRole) => pictures.some((one) => one.role === role);
  const last = has('last frame') ? rules.secondsWithLastFrame : null;
  const references = has('reference') ? rules.secondsWithReferences : null;
  if (last === null) return references && { role: 'reference', seconds: references };
  const seconds = references === null ? last : last.filter((s) => references.includes(s));
  return { role: 'last frame', seconds };
}

/** The ratio whose form comes nearest to the picture's; null where there is nothing to choose from. */
export function nearestRatio(
  { width, height }: { readonly width: number; readonly height: number },
  ratios: readonly string[],
): string | null {
  const form = Math.log(width / height);
  const farFrom = (ratio: string) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(across / down) - form);
  };
  return ratios.toSorted((a, b) => farFrom(a) - farFrom(b))[0] ?? null;
}

/** The form that the video takes over: the first frame's, else that of the first reference. */
export function leading(pictures: readonly Picture[]): Picture | null {
  return pictures.find(({ role }) => role === 'first frame') ?? pictures[0] ?? null;
}
