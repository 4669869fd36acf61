/** The row of buttons under a job's message. A job's buttons also mark the message as the job's. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Job, Reply } from '../../jobs/job.ts';
import { customId, type Pressed } from './customIds.ts';
import { money } from './money.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export function jobButtons(job: Job): Row[] {
  const buttons: APIButtonComponentWithCustomId[] = [];
  if (canBeCancelled(job)) buttons.push(button('cancel', job, 'Cancel', ButtonStyle.Secondary));
  if (needsShowing(job)) buttons.push(button('show', job, 'Show result', ButtonStyle.Primary));
  if (canRunAgain(job)) {
    const label = `Run again ${money(job.request.priceMicroUsd)}`;
    buttons.push(button('again', job, label, ButtonStyle.Secondary));
  }
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
}

/** Whether nothing but the interaction's own token reaches the reply. */
export function onlyByToken(reply: Pick<Reply, 'place' | 'ephemeral'>): boolean {
  return reply.place === 'elsewhere' || reply.ephemeral;
}

/** Whether the delivered video is in the reply itself. */
export function isInReply(job: Extract<Job, { state: 'delivered' }>): boolean {
  const { rung, messageId } = job.posted;
  return rung === 'reply by token' || rung === 'reply by bot' || messageId === job.reply.messageId;
}

function button(
  kind: Pressed['kind'],
  job: Job,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId(kind, job.id) };
}

function canBeCancelled(job: Job): boolean {
  switch (job.state) {
    case 'received':
    case 'queued':
      return true;
    case 'submitting':
      return !job.cancelAsked;
    case 'generating':
      return job.request.canCancel;
    default:
      return false;
  }
}

/** From the start where the token is the only way, since a press brings a fresh one. */
function needsShowing(job: Job): boolean {
  switch (job.state) {
    case 'undelivered':
      return true;
    case 'received':
    case 'queued':
    case 'submitting':
    case 'generating':
    case 'cancelling':
    case 'downloading':
    case 'delivering':
      return onlyByToken(job.reply);
    case 'failed':
      return job.dueAt !== null && onlyByToken(job.reply);
    default:
      return false;
  }
}

function canRunAgain(job: Job): boolean {
  switch (job.state) {
    case 'delivered':
      return isInReply(job);
    case 'unconfirmed':
      return true;
    case 'cancelled':
      return job.why === 'waited too long';
    case 'failed':
      // With a late look left the first one may still come: not an offer to pay twice.
      return job.reason !== 'model gone' && job.dueAt === null;
    default:
      return false;
  }
}
