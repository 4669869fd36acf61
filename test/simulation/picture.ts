/** What a member sees of a job, as far as it matters here: which moment, and what is said of money. */
import type { Charge, Job } from '../../src/jobs/job.ts';
import { isEnded } from '../../src/jobs/states.ts';

export interface Picture {
  readonly jobId: string;
  readonly key: string;
  /** What is said about the charge; null before anything can be said. */
  readonly says: Charge['kind'] | null;
}

export function pictureOf(job: Job): Picture {
  const says = 'charge' in job ? job.charge.kind : null;
  return { jobId: job.id, key: `${job.id} ${moment(job)} ${says ?? ''}`, says };
}

/** The delivering edit shows the job as it will be. */
export function pictureWithVideo(job: Job): Picture {
  const says = 'charge' in job ? job.charge.kind : null;
  return { jobId: job.id, key: `${job.id} delivered ${says ?? ''}`, says };
}

function moment(job: Job): string {
  switch (job.state) {
    case 'gathering':
      return 'gathering';
    case 'queued':
      return job.trouble === null ? `queued ${job.ahead}` : `queued ${job.trouble}`;
    case 'submitting':
      return job.cancelAsked ? 'stopping' : 'starting';
    case 'generating':
      return job.trouble === null ? `made by ${job.likelyAt}` : `made, ${job.trouble}`;
    case 'cancelling':
      return 'stopping';
    case 'downloading':
      return job.trouble === null ? 'on its way' : `fetching ${job.trouble}`;
    case 'delivering':
      return 'on its way';
    case 'delivered':
      return isInReply(job) ? 'delivered' : `delivered by ${job.posted.rung}`;
    case 'failed':
      return `failed ${job.reason} ${job.dueAt === null ? '' : 'so far'}`;
    case 'undelivered':
      return `undelivered ${job.reason}`;
    case 'cancelled':
      return `cancelled ${job.why}`;
    default:
      return isEnded(job) ? `ended ${job.state}` : job.state;
  }
}

function isInReply(job: Extract<Job, { state: 'delivered' }>): boolean {
  const { rung, messageId } = job.posted;
  return rung === 'reply by token' || rung === 'reply by bot' || messageId === job.reply.messageId;
}
