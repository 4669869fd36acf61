/** Words about deleting a video from its message. What it cost stays said. */
import type { Charge, Job } from '../../jobs/job.ts';
import { chargeWords } from './charge.ts';
import { type MessageBody, pingNobody } from './job.ts';

/** The prompt goes with the video. No button is left: the message is nobody's video any more. */
export function deletedMessage(job: Job, byAdmin: boolean): MessageBody {
  const who = byAdmin ? 'an admin of the bot' : 'the member who asked for it';
  return {
    content: `🗑️ A video was here. It was deleted by ${who} · ${chargeWords(chargeOf(job))}`,
    components: [],
    allowed_mentions: pingNobody,
  };
}

export function reallyDelete(job: Job): string {
  return `Delete this video from its message? ${costs(job)} It stays in the list of whoever asked for it (\`/videos\`), where only they see it.`;
}

export function deleted(job: Job): string {
  return `🗑️ The video is deleted from its message. ${costs(job)}`;
}

export function notDeleted(): string {
  return 'The video could not be deleted from here: the bot cannot reach its message any more. Press Delete under it once more, or delete the message with Discord’s own menu.';
}

export function notYoursToDelete(): string {
  return 'Only the member who asked for this video, or an admin of the bot, can delete it.';
}

function costs(job: Job): string {
  return `Nothing changes about its cost: ${chargeWords(chargeOf(job))}.`;
}

function chargeOf(job: Job): Charge {
  return 'charge' in job ? job.charge : { kind: 'not charged' };
}
