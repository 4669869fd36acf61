/** Words about videos that are made of a clip, and about drafts. */
import type { BasisRefusal } from '../../jobs/basis.ts';
import type { VideoRequest } from '../../jobs/request.ts';
import { quote } from './quote.ts';
import type { Words } from './words.ts';

const DAY_MS = 86_400_000;

/** What kind of video it is, in front of its facts; none for an ordinary one. */
export function basisPart(
  { basis, draft }: Pick<VideoRequest, 'basis' | 'draft'>,
  { facts }: Words,
): string[] {
  if (draft) return [facts.draft];
  return basis ? [facts.basis[basis.kind]] : [];
}

/** `8 s`, or `+7 s` of an extended one. */
export function secondsPart({ basis, seconds }: Pick<VideoRequest, 'basis' | 'seconds'>): string {
  return basis?.kind === 'extend' ? `+${seconds} s` : `${seconds} s`;
}

export function basisRefusalText(refused: BasisRefusal, { refusal }: Words): string {
  switch (refused.why) {
    case 'cannot change':
      return refusal.cannotChange[refused.kind](quote(refused.modelName, 60));
    case 'clip too long': {
      const { kind, seconds, modelName, maxSeconds } = refused;
      return refusal.clipTooLong[kind](seconds, quote(modelName, 60), maxSeconds);
    }
    case 'clip too old': {
      const days = Math.floor(refused.keptForMs / DAY_MS);
      const kept = days < 1 ? refusal.keptLessThanADay : refusal.keptDays(days);
      return refusal.clipTooOld[refused.kind](kept);
    }
    case 'clip forgotten':
      return refusal.clipForgotten;
    default:
      return refused satisfies never;
  }
}
