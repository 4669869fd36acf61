/** The last line of a job's message: what is going on now, or what happened and what to do. */

import type { Job, JobIn, Smaller } from '../../jobs/job.ts';
import { differenceIn } from '../../jobs/money/difference.ts';
import type { FailureReason } from '../../jobs/reasons.ts';
import { isInReply } from '../../jobs/steps/deliver.ts';
import { chargeSentence } from './charge.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';
import { type Words, wordsOf } from './words.ts';

/** In the language of its requester. Null where the video speaks for itself. */
export function stateLine(job: Job): string | null {
  const words = wordsOf(job);
  switch (job.state) {
    case 'received':
      return words.job.waiting;
    case 'gathering':
      return words.job.gathering(job.request.pictures.length);
    case 'queued':
      return queuedLine(job, words);
    case 'submitting':
      return job.cancelAsked ? stoppingLine(job, words) : words.job.starting;
    case 'generating':
      return generatingLine(job, words);
    case 'cancelling':
      return stoppingLine(job, words);
    case 'downloading':
      // One sentence for fetching and one for posting: two quick edits would show nothing new.
      return job.trouble === null
        ? words.job.onItsWay
        : words.job.fetching(words.job.fetchingWhy[job.trouble]);
    case 'shrinking':
      return words.job.shrinking(megabytes(job.video.sizeBytes));
    case 'delivering':
      return words.job.onItsWay;
    case 'delivered':
      return deliveredLine(job, words);
    case 'undelivered':
      return [...otherwiseText(job, words), undeliveredLine(job, words)].join('\n');
    case 'unconfirmed':
      return words.job.unconfirmed(chargeSentence(job.charge, words));
    case 'failed':
      return failedLine(job, words);
    case 'cancelled':
      return cancelledLine(job, words);
    default:
      return job satisfies never;
  }
}

function queuedLine({ trouble, ahead, deadlineAt }: JobIn<'queued'>, { job }: Words): string {
  if (trouble === null) return ahead > 0 ? job.waitingBehind(ahead) : job.waiting;
  const { what, when } = job.heldBy[trouble];
  return job.held(what, when, timeOfDay(deadlineAt));
}

function generatingLine({ trouble, likelyAt }: JobIn<'generating'>, { job }: Words): string {
  if (trouble === null) return job.generating(countdown(likelyAt));
  return trouble === 'rate limit' ? job.generatingBusy : job.generatingUnseen;
}

function stoppingLine({ request }: Job, { job }: Words): string {
  return job.stopping(money(request.priceMicroUsd));
}

function deliveredLine(job: JobIn<'delivered'>, words: Words): string | null {
  if (isInReply(job)) {
    const said = [
      ...otherwiseText(job, words),
      ...(job.smaller === null ? [] : [smallerLine(job, job.smaller, words)]),
    ];
    return said.length === 0 ? null : said.join('\n');
  }
  const { channelId, messageId } = job.posted;
  if (channelId !== job.reply.channelId) return words.job.sentToDm;
  const guild = job.reply.guildId ?? '@me';
  return words.job.postedAt(`https://discord.com/channels/${guild}/${channelId}/${messageId}`);
}

/** What was made is not what was asked for: said on a line of its own. */
function otherwiseText(
  { request, video }: Pick<JobIn<'delivered'>, 'request' | 'video'>,
  { job }: Words,
): string[] {
  const difference = differenceIn(request, video);
  if (difference === null) return [];
  const { seconds, size } = difference;
  const made = [
    ...(seconds === null ? [] : [`${seconds} s`]),
    ...(size === null ? [] : [`${size.width}×${size.height}`]),
  ];
  const asked = [
    ...(seconds === null ? [] : [`${request.seconds} s`]),
    ...(size === null ? [] : [quote(request.resolution, 12), quote(request.aspectRatio, 12)]),
  ];
  return [job.madeOtherwise(made.join(', '), asked.join(', '))];
}

/** What is seen is not what was made. */
function smallerLine({ video }: JobIn<'delivered'>, smaller: Smaller, words: Words): string {
  const sizes = [video, smaller.video].map(({ sizeBytes }) => megabytes(sizeBytes)).join(' → ');
  const until = `<t:${Math.floor(smaller.originalUntilAt / 1000)}:D>`;
  return smaller.hasLink
    ? words.job.madeSmallerWithLink(sizes, until, words.button.link)
    : words.job.madeSmaller(sizes, until);
}

/** What the buttons under it do. */
function waysText({ ways, keptUntilAt }: JobIn<'undelivered'>, { job, button }: Words): string {
  if (keptUntilAt === null) return '';
  if (ways.smallerBytes === null && !ways.link) return ` ${job.canBeElsewhere}`;
  const smaller = ways.smallerBytes === null ? '' : ` ${job.canBeSmaller(button.smaller)}`;
  return ways.link ? `${smaller} ${job.canBeLinked(button.link)}` : smaller;
}

function undeliveredLine(job: JobIn<'undelivered'>, words: Words): string {
  const kept = keptText(job, words);
  switch (job.reason) {
    case 'too large':
      return (
        words.job.tooLarge(megabytes(job.video.sizeBytes), kept, job.id) + waysText(job, words)
      );
    case 'unreachable':
      return job.keptUntilAt === null
        ? words.job.unreachableGone(kept)
        : words.job.unreachable(kept, words.button.show);
    case 'removed by requester':
      return words.job.removed(kept);
    default:
      return job.reason satisfies never;
  }
}

/** Without its full stop. */
export function keptText(
  { keptUntilAt }: Pick<JobIn<'undelivered'>, 'keptUntilAt'>,
  { job }: Words,
): string {
  return keptUntilAt === null
    ? job.notKept
    : job.keptUntil(`<t:${Math.floor(keptUntilAt / 1000)}:D>`);
}

function failedLine(job: JobIn<'failed'>, words: Words): string {
  const happened = words.job.failed[job.reason];
  const said = job.said === null ? '' : quote(job.said, 150);
  const parts = [
    said === '' ? words.job.ended(happened) : words.job.endedSaying(happened, said),
    job.successor === null
      ? null
      : words.job.itsSuccessor(
          quote(job.successor.modelName, 40),
          money(job.successor.priceMicroUsd),
        ),
    chargeSentence(job.charge, words),
    adviceAfter(job, words),
    needsAdmin.includes(job.reason) ? words.job.adminCanLook(job.id) : null,
  ];
  return words.grammar.sentences(parts.filter((sentence) => sentence !== null));
}

function adviceAfter({ dueAt, successor, reason }: JobIn<'failed'>, { job }: Words): string | null {
  if (dueAt !== null) return job.stillPosted;
  return successor === null ? job.advice[reason] : null;
}

const needsAdmin: readonly FailureReason[] = [
  'gone at the service',
  'not understood',
  'overdue',
  'file lost',
  'unreadable file',
];

function cancelledLine(job: JobIn<'cancelled'>, words: Words): string {
  const charge = chargeSentence(job.charge, words);
  switch (job.why) {
    case 'by requester':
      return job.charge.kind === 'not charged' && job.hadBegun !== true
        ? words.job.cancelledBefore(charge)
        : words.job.cancelled(charge);
    case 'by admin':
      return words.job.cancelledByAdmin(charge);
    case 'never acknowledged':
      return words.job.notStarted(charge);
    case 'waited too long':
      return words.job.waitedTooLong(charge);
    case 'picture gone':
      return words.job.pictureGone(charge);
    case 'picture too large':
      return words.job.pictureTooLarge(charge);
    case 'no picture':
      return words.job.noPicture(charge);
    case 'picture kind':
      return words.job.pictureKind(quote(job.request.modelName, 40), charge);
    default:
      return job.why satisfies never;
  }
}

/** Counts by itself in every client: no edit is needed for it. */
function countdown(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:R>`;
}

function timeOfDay(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:t>`;
}

function megabytes(sizeBytes: number): string {
  const mb = sizeBytes / 1_048_576;
  return `${mb < 10 ? Math.max(0.1, Math.round(mb * 10) / 10) : Math.round(mb)} MB`;
}
