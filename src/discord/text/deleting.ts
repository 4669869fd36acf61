/** Words about deleting a video from its message. What it cost stays said. */
import type { Charge, Job } from '../../jobs/job.ts';
import { chargeWords } from './charge.ts';
import { type MessageBody, pingNobody } from './job.ts';
import { type Words, wordsOf } from './words.ts';

/** The prompt goes with the video. No button is left: the message is nobody's video any more. */
export function deletedMessage(job: Job, byAdmin: boolean): MessageBody {
  const words = wordsOf(job);
  const charge = chargeWords(chargeOf(job), words);
  return {
    content: byAdmin ? words.deleting.byAdmin(charge) : words.deleting.byMember(charge),
    components: [],
    allowed_mentions: pingNobody,
  };
}

export function reallyDelete(job: Job, words: Words): string {
  return words.deleting.really(chargeWords(chargeOf(job), words));
}

export function deleted(job: Job, words: Words): string {
  return words.deleting.done(chargeWords(chargeOf(job), words));
}

function chargeOf(job: Job): Charge {
  return 'charge' in job ? job.charge : { kind: 'not charged' };
}
