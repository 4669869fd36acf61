/** Answers to presses that depend on how the video stands; only the one who pressed sees them. */
import type { Job } from '../../jobs/job.ts';
import { money } from './money.ts';
import type { Words } from './words.ts';

export function stopping(job: Job, { answer }: Words): string {
  return answer.stopping(money(job.request.priceMicroUsd));
}

export function tooLateToCancel(job: Job, { answer }: Words): string {
  switch (job.state) {
    case 'received':
    case 'gathering':
    case 'queued':
    case 'submitting':
    case 'generating':
    case 'cancelling':
      return answer.cannotBeStopped;
    case 'downloading':
    case 'shrinking':
    case 'delivering':
      return answer.tooLateOnItsWay;
    case 'delivered':
    case 'undelivered':
      return answer.tooLateMade;
    case 'unconfirmed':
    case 'failed':
    case 'cancelled':
      return answer.nothingToCancel;
    default:
      return job satisfies never;
  }
}

export function nothingToShow(job: Job, { answer }: Words): string {
  switch (job.state) {
    case 'delivered':
      return answer.deliveredAlready;
    case 'cancelled':
      return answer.nothingToShowCancelled;
    default:
      return answer.nothingToShow;
  }
}

/** Private: whoever has it can see the video. */
export function linkAnswer(url: string, untilAt: number, { answer }: Words): string {
  return answer.link(`<${url}>`, `<t:${Math.floor(untilAt / 1000)}:f>`);
}
