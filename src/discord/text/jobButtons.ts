/** The row of buttons under a job's message. A job's buttons also mark the message as the job's. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { prospects } from '../../jobs/basis.ts';
import type { Job, JobIn } from '../../jobs/job.ts';
import type { FailureReason } from '../../jobs/reasons.ts';
import { isInReply } from '../../jobs/steps/deliver.ts';
import { onlyByToken } from '../../jobs/unseen.ts';
import { customId, type Pressed } from './customIds.ts';
import { money } from './money.ts';
import { BUTTON_MAX, plainLine } from './quote.ts';
import { wordsOf } from './words.ts';

/** Discord's limit. */
const MOST_IN_A_ROW = 5;

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export function jobButtons(job: Job): Row[] {
  const { button: labels } = wordsOf(job);
  const buttons: APIButtonComponentWithCustomId[] = [];
  if (canBeCancelled(job))
    buttons.push(button('cancel', job, labels.cancel, ButtonStyle.Secondary));
  if (needsShowing(job)) buttons.push(button('show', job, labels.show, ButtonStyle.Primary));
  buttons.push(...furtherButtons(job));
  const rows = [buttons.slice(0, MOST_IN_A_ROW), buttons.slice(MOST_IN_A_ROW)];
  return rows
    .filter((components) => components.length > 0)
    .map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** Under a message that holds no video: the only thing to do about it. */
export function linkRow(job: Job): Row {
  const components = [button('link', job, wordsOf(job).button.link, ButtonStyle.Secondary)];
  return { type: ComponentType.ActionRow, components };
}

/** What costs money says its price. */
function furtherButtons(job: Job): APIButtonComponentWithCustomId[] {
  const buttons: APIButtonComponentWithCustomId[] = [];
  const { button: labels } = wordsOf(job);
  const add = (kind: Pressed['kind'], label: string) =>
    buttons.push(button(kind, job, plainLine(label, BUTTON_MAX), ButtonStyle.Secondary));
  if (canRunAgain(job)) add('again', labels.again(money(job.request.priceMicroUsd)));
  if (job.state === 'failed' && job.successor !== null) {
    const { modelName, priceMicroUsd } = job.successor;
    add('again', labels.againBy(plainLine(modelName, 40), money(priceMicroUsd)));
  }
  if (canBeChanged(job)) add('change', labels.change);
  if (job.state === 'undelivered' && job.keptUntilAt !== null) {
    if (job.ways.smallerBytes !== null) add('smaller', labels.smaller);
    if (job.ways.link) add('link', labels.link);
  }
  if (job.state !== 'delivered' || !isInReply(job)) return buttons;
  const { extend, upscale, full } = prospects(job);
  if (full !== null) {
    const label = full.how === 'anew' ? labels.fullAnew : labels.full;
    const price = money(full.priceMicroUsd);
    // What a clip can be upscaled to may be sharper, and dearer, than what was wanted.
    const isAsWanted = full.resolution === job.request.draft?.full;
    add('full', label(isAsWanted ? price : `${full.resolution} ${price}`));
  }
  if (extend !== null) add('extend', labels.extend(money(extend.priceMicroUsd)));
  if (upscale !== null) add('upscale', labels.upscale(money(upscale.priceMicroUsd)));
  add('delete', labels.delete);
  if (job.smaller?.hasLink === true) add('link', labels.link);
  return buttons;
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
    case 'gathering':
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
      return job.keptUntilAt !== null;
    case 'received':
    case 'gathering':
    case 'queued':
    case 'submitting':
    case 'generating':
    case 'cancelling':
    case 'downloading':
    case 'shrinking':
    case 'delivering':
      return onlyByToken(job);
    case 'failed':
      return job.dueAt !== null && onlyByToken(job);
    default:
      return false;
  }
}

function canRunAgain(job: Job): boolean {
  switch (job.state) {
    case 'delivered':
      return isInReply(job);
    case 'unconfirmed':
      // Told of from outside, it is being looked for: not an offer to pay twice.
      return job.dueAt === null;
    case 'cancelled':
      return job.why === 'waited too long';
    case 'failed':
      // With a late look left the first one may still come: not an offer to pay twice.
      return job.reason !== 'model gone' && job.reason !== 'clip gone' && job.dueAt === null;
    default:
      return false;
  }
}

/** Where saying it differently, or with other settings, may help. */
function canBeChanged(job: Job): boolean {
  switch (job.state) {
    case 'delivered':
      return isInReply(job);
    case 'failed':
      return job.dueAt === null && changeable.includes(job.reason);
    case 'cancelled':
      // The form takes another one.
      return pictureTrouble.includes(job.why);
    default:
      return false;
  }
}

const changeable: readonly FailureReason[] = [
  ...(['declined', 'not accepted', 'model gone', 'clip gone', 'failed at the service'] as const),
];

const pictureTrouble: readonly JobIn<'cancelled'>['why'][] = [
  ...(['picture gone', 'picture too large', 'no picture', 'picture kind'] as const),
];
