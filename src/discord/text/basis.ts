/** Words about videos that are made of a clip, and about drafts. */
import type { BasisKind, BasisRefusal } from '../../jobs/basis.ts';
import type { VideoRequest } from '../../jobs/request.ts';
import { quote } from './quote.ts';

const DAY_MS = 86_400_000;
const nothingCharged = 'Nothing charged.';

const verbs: Readonly<Record<BasisKind, readonly [now: string, done: string]>> = {
  edit: ['change', 'changed'],
  extend: ['extend', 'extended'],
  upscale: ['upscale', 'upscaled'],
};

const kinds: Readonly<Record<BasisKind, string>> = {
  edit: 'Changed video',
  extend: 'Extended video',
  upscale: 'Upscaled video',
};

/** What kind of video it is, in front of its facts; none for an ordinary one. */
export function basisPart({ basis, draft }: Pick<VideoRequest, 'basis' | 'draft'>): string[] {
  if (draft) return ['Draft'];
  return basis ? [kinds[basis.kind]] : [];
}

/** `8 s`, or `+7 s` of an extended one. */
export function secondsPart({ basis, seconds }: Pick<VideoRequest, 'basis' | 'seconds'>): string {
  return basis?.kind === 'extend' ? `+${seconds} s` : `${seconds} s`;
}

export function basisRefusalText(refusal: BasisRefusal): string {
  const [verb, done] = verbs[refusal.kind];
  switch (refusal.why) {
    case 'cannot change':
      return `${quote(refusal.modelName, 60)} cannot ${verb} this video: it has been retired here, or does no such thing. ${nothingCharged} Make a new one instead.`;
    case 'clip too long':
      return `This video is ${refusal.seconds} s long; ${quote(refusal.modelName, 60)} can ${verb} one of at most ${refusal.maxSeconds} s. ${nothingCharged} Make a new one instead.`;
    case 'clip too old':
      return `The video service keeps a video ${keptFor(refusal.keptForMs)}, and this one is older: it cannot be ${done} any more. ${nothingCharged} Make a new one instead.`;
    default:
      return refusal satisfies never;
  }
}

function keptFor(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days < 1) return 'for less than a day';
  return days === 1 ? 'for a day' : `for ${days} days`;
}
