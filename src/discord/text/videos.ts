/** `/videos`: what a member has, what waits for them, and what is left. Only they see it. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Mine, MyJob } from '../../jobs/actions.ts';
import type { FailureReason, Job, JobIn, UndeliveredReason } from '../../jobs/job.ts';
import type { Allowance } from '../../jobs/spending.ts';
import { chargeWords } from './charge.ts';
import { customId } from './customIds.ts';
import { forgetButton, privacyLine } from './forgetting.ts';
import type { MessageBody } from './job.ts';
import { pingNobody, promptText } from './job.ts';
import { money } from './money.ts';

const PROMPT_GRAPHEMES = 40;

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export function videosMessage(
  mine: Mine,
  allowances: readonly Allowance[],
  privacyUrl: string | null = null,
): MessageBody {
  const left = leftLine(allowances);
  const privacy = privacyLine(privacyUrl);
  const lines = [
    ...(mine.waiting === 0 ? [] : [`**Waiting for you: ${mine.waiting}**`]),
    ...mine.entries.map(entryLine),
    ...(mine.entries.length === 0 ? [nothingHere(mine)] : []),
    ...(left === null ? [] : [left]),
    ...(privacy === null ? [] : [privacy]),
  ];
  const rows = [showRow(mine.entries), pageRow(mine)];
  return {
    content: lines.join('\n'),
    components: rows.filter((row) => row.components.length > 0),
    allowed_mentions: pingNobody,
  };
}

/** `2 · 3 days ago · a cat playing with a ball … · declined, not charged` */
function entryLine({ number, job, isKept }: MyJob): string {
  const prompt = promptText(job.request.prompt, PROMPT_GRAPHEMES);
  return `**${number}** · <t:${Math.floor(job.askedAt / 1000)}:R> · ${prompt} · ${outcome(job, isKept)}`;
}

function outcome(job: Job, isKept: boolean): string {
  switch (job.state) {
    case 'received':
    case 'gathering':
    case 'queued':
      return `waiting to start, nothing charged yet (${money(job.request.priceMicroUsd)})`;
    case 'submitting':
    case 'generating':
      return `being made (${money(job.request.priceMicroUsd)})`;
    case 'cancelling':
      return `stopping, may still be charged (${money(job.request.priceMicroUsd)})`;
    case 'downloading':
    case 'delivering':
      return `on its way, ${chargeWords(job.charge)}`;
    case 'delivered':
      return isKept ? chargeWords(job.charge) : `${chargeWords(job.charge)}, no longer kept`;
    case 'undelivered':
      return isKept
        ? `${undelivered[job.reason]}, ${chargeWords(job.charge)}`
        : `no longer kept, ${chargeWords(job.charge)}`;
    case 'unconfirmed':
      return `answer lost, ${chargeWords(job.charge)}`;
    case 'failed':
      return `${failed[job.reason]}, ${chargeWords(job.charge)}`;
    case 'cancelled':
      return `${cancelled[job.why]}, ${chargeWords(job.charge)}`;
    default:
      return job satisfies never;
  }
}

const undelivered: Readonly<Record<UndeliveredReason, string>> = {
  'too large': 'too large where it was asked for',
  unreachable: 'could not be posted',
  'removed by requester': 'its message was deleted',
};

const cancelled: Readonly<Record<JobIn<'cancelled'>['why'], string>> = {
  'by requester': 'cancelled',
  'by admin': 'cancelled',
  'never acknowledged': 'cancelled',
  'waited too long': 'not started in time',
  'picture gone': 'picture not found',
  'picture too large': 'picture too large',
  'no picture': 'picture not readable',
  'picture kind': 'picture not taken',
};

const failed: Readonly<Record<FailureReason, string>> = {
  declined: 'declined',
  'not accepted': 'not accepted',
  'model gone': 'model retired',
  'clip gone': 'video no longer kept by the service',
  'set up wrongly': 'bot set up wrongly',
  'service budget': 'budget used up',
  'failed at the service': 'could not be made',
  'gone at the service': 'lost at the service',
  'not understood': 'no video in the answer',
  overdue: 'not finished in time',
  'file lost': 'its file was lost',
  'unreadable file': 'no video that can be read',
};

function nothingHere({ page }: Mine): string {
  return page === 0
    ? 'You have no videos yet. Use /veo to make one, or write to the bot in a direct message.'
    : 'There are no older videos.';
}

/** `Left today: $1.44 of $2.00 · this month: $17.10 of $20.00, 12 of 30 videos` */
function leftLine(allowances: readonly Allowance[]): string | null {
  const parts = allowances.flatMap(({ period, money: inMoney, videos }) => {
    const left = [
      ...(inMoney === null
        ? []
        : [`${money(inMoney.leftMicroUsd)} of ${money(inMoney.maxMicroUsd)}`]),
      ...(videos === null ? [] : [`${videos.left} of ${videos.max} videos`]),
    ];
    const when = period === 'day' ? 'today' : 'this month';
    return left.length === 0 ? [] : [`${when}: ${left.join(', ')}`];
  });
  return parts.length === 0 ? null : `Left ${parts.join(' · ')}`;
}

function showRow(entries: readonly MyJob[]): Row {
  return row(
    entries
      .filter(({ isKept }) => isKept)
      .map(({ number, job }) => {
        const style = job.state === 'undelivered' ? ButtonStyle.Primary : ButtonStyle.Secondary;
        return button(`Show ${number}`, customId('video', job.id), style);
      }),
  );
}

function pageRow({ page, hasOlder, entries }: Mine): Row {
  return row([
    ...(page > 0 ? [button('Newer', customId('page', String(page - 1)))] : []),
    ...(hasOlder ? [button('Older', customId('page', String(page + 1)))] : []),
    ...(page > 0 || entries.length > 0 ? [forgetButton()] : []),
  ]);
}

function row(components: APIButtonComponentWithCustomId[]): Row {
  return { type: ComponentType.ActionRow, components };
}

function button(
  label: string,
  custom_id: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id };
}
