/** What an admin is told of a video that is to be delivered again. Nothing of it costs anything. */
import type { DeliverAgainResult } from '../../jobs/admins/redelivery.ts';
import type { Copied } from '../posting/copies.ts';
import { noSuchJob } from './adminJobs.ts';

type Told = Exclude<DeliverAgainResult, { kind: 'delivered before' }>;

export function deliverText(result: Told, id: string): string {
  switch (result.kind) {
    case 'on its way':
      return `📨 Video ${result.job.id} is on its way to its member, once: into its channel, else by direct message. Nothing is charged for it.`;
    case 'being delivered':
      return `📨 Video ${result.job.id} is being delivered already. Nothing was changed.`;
    case 'still being made':
      return `⏳ Video ${result.job.id} is ${result.job.state}: it is delivered by itself once it is made. Nothing was changed.`;
    case 'nothing to deliver':
      return `There is nothing to deliver: video ${result.job.id} is ${result.job.state}. Nothing was charged now; \`/veo-admin job\` says what happened.`;
    case 'private':
      return `Video ${result.job.id} was delivered so that its member alone sees it, so it is not shown to you. They find it in /videos. Nothing was changed.`;
    case 'file gone':
      return `The file of video ${result.job.id} is not kept any more. Nothing was changed.`;
    case 'removed':
      return `Its member deleted the message of video ${result.job.id}, so it is not posted again. They find it in /videos.`;
    case 'may be there':
      return `Video ${result.job.id} may have arrived in a reply that only its member can see, so it is not sent a second time. They get it by the button there, or in /videos.`;
    case 'no such job':
      return noSuchJob(id);
    default:
      return result satisfies never;
  }
}

/** The copy could not be shown; the video stays where it was posted. */
export function noCopyForAdmin(id: string, copied: Exclude<Copied, 'posted'>): string {
  return copied === 'too large'
    ? `Video ${id} was delivered before. It is too large to be shown here. Nothing was changed.`
    : `Video ${id} was delivered before. Discord did not take the copy for you; try again in a minute. Nothing was changed.`;
}
