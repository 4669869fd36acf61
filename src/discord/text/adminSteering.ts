/** What an admin is told of what they steer: the whole bot, or one job. */
import type { CancelResult } from '../../jobs/actions.ts';
import type { Paused } from '../../jobs/admins/pause.ts';
import type { PauseResult, ResumeResult, SettleResult } from '../../jobs/admins/steering.ts';
import { noSuchJob } from './adminJobs.ts';
import { stopping, tooLateToCancel } from './answers.ts';
import { chargeWords } from './charge.ts';
import { quote } from './quote.ts';
import { en } from './words/en.ts';

const REASON_MAX = 200;

export function pauseText({ kind, paused }: PauseResult): string {
  if (kind === 'paused before') {
    return `⏸️ New videos were paused before, ${pausedBy(paused)}. Nothing was changed: \`/veo-admin resume\` ends it.`;
  }
  return `⏸️ New videos are paused, also after a restart. What is paid for goes on; what is asked for waits, as long as its message says, and starts by itself after \`/veo-admin resume\`.`;
}

export function resumeText(result: ResumeResult): string {
  if (result.kind === 'not paused') return '▶️ New videos were not paused. Nothing was changed.';
  const { since, waiting } = result;
  const jobs = waiting === 1 ? '1 video that waited starts' : `${waiting} videos that waited start`;
  return `▶️ Videos are made again; they were paused ${pausedBy(since)}. ${waiting === 0 ? 'None waited for it.' : `${jobs} now, as there is room.`}`;
}

export function cancelText(result: CancelResult, id: string): string {
  switch (result.kind) {
    case 'cancelled': {
      const { job } = result;
      const cost = job.state === 'cancelled' ? `, ${chargeWords(job.charge, en)}` : '';
      return `✋ Video ${job.id} is cancelled${cost}. Its message says so to its member.`;
    }
    case 'stopping':
      return stopping(result.job, en);
    case 'too late':
      return tooLateToCancel(result.job, en);
    case 'not yours':
    case 'no such job':
      return noSuchJob(id);
    default:
      return result satisfies never;
  }
}

export function settleText(result: SettleResult, id: string): string {
  switch (result.kind) {
    case 'settled':
      return `🧾 Video ${result.job.id} is settled: ${chargeWords(result.job.charge, en)}. Its message says so too.`;
    case 'being looked at':
      return `⏳ Something was told of video ${quote(id, 20)} just now, and the service is being asked about it. Nothing was changed; look again in a minute.`;
    case 'asked once more':
      return `⏳ The service is asked about video ${result.job.id} once more <t:${Math.floor(result.at / 1000)}:R>, and what it says then counts. Nothing was changed; what is open after that can be settled here.`;
    case 'nothing to settle':
      return `There is nothing to settle by hand: video ${result.job.id} is ${result.job.state}${'charge' in result.job ? `, ${chargeWords(result.job.charge, en)}` : ''}. Nothing was changed.`;
    case 'no such job':
      return noSuchJob(id);
    default:
      return result satisfies never;
  }
}

/** `by @eve <time>: reason`. */
export function pausedBy({ by, at, reason }: Paused): string {
  const why = reason === null ? '' : quote(reason, REASON_MAX);
  return `by <@${by}> <t:${Math.floor(at / 1000)}:R>${why === '' ? '' : `: ${why}`}`;
}
