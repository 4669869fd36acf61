/** `/videos`: what a member has, what waits for them, and what is left. Only they see it. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Mine, MyJob } from '../../jobs/actions.ts';
import type { Charge, Job } from '../../jobs/job.ts';
import type { Allowance } from '../../jobs/money/spending.ts';
import { chargeWords } from './charge.ts';
import { customId } from './customIds.ts';
import { forgetButton, privacyLine } from './forgetting.ts';
import type { MessageBody } from './job.ts';
import { pingNobody, promptText } from './job.ts';
import { money } from './money.ts';
import { amid } from './quote.ts';
import type { Words } from './words.ts';

const PROMPT_GRAPHEMES = 40;

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export function videosMessage(
  mine: Mine,
  allowances: readonly Allowance[],
  words: Words,
  privacyUrl: string | null = null,
): MessageBody {
  const left = leftLine(allowances, words);
  const privacy = privacyLine(privacyUrl, words);
  const lines = [
    ...(mine.waiting === 0 ? [] : [words.list.waiting(mine.waiting)]),
    ...mine.entries.map((entry) => entryLine(entry, words)),
    ...(mine.entries.length === 0 ? [nothingHere(mine, words)] : []),
    ...(left === null ? [] : [left]),
    ...(privacy === null ? [] : [privacy]),
  ];
  const rows = [showRow(mine.entries, words), pageRow(mine, words)];
  return {
    content: lines.join('\n'),
    components: rows.filter((row) => row.components.length > 0),
    allowed_mentions: pingNobody,
  };
}

/** `2 · 3 days ago · a cat playing with a ball … · declined, not charged` */
function entryLine({ number, job, isKept }: MyJob, words: Words): string {
  const prompt = amid(promptText(job.request.prompt, words, PROMPT_GRAPHEMES));
  return `**${number}** · <t:${Math.floor(job.askedAt / 1000)}:R> · ${prompt} · ${outcome(job, isKept, words)}`;
}

function outcome(job: Job, isKept: boolean, words: Words): string {
  const { list } = words;
  const price = money(job.request.priceMicroUsd);
  switch (job.state) {
    case 'received':
    case 'gathering':
    case 'queued':
      return list.waitingToStart(price);
    case 'submitting':
    case 'generating':
      return list.beingMade(price);
    case 'cancelling':
      return list.stopping(price);
    case 'downloading':
    case 'shrinking':
    case 'delivering':
      return withCharge(list.onItsWay, job.charge, words);
    case 'delivered':
      return isKept
        ? chargeWords(job.charge, words)
        : `${chargeWords(job.charge, words)}, ${list.noLongerKept}`;
    case 'undelivered':
      return withCharge(
        isKept ? list.undelivered[job.reason] : list.noLongerKept,
        job.charge,
        words,
      );
    case 'unconfirmed':
      return withCharge(list.answerLost, job.charge, words);
    case 'failed':
      return withCharge(list.failed[job.reason], job.charge, words);
    case 'cancelled':
      return withCharge(list.cancelled[job.why], job.charge, words);
    default:
      return job satisfies never;
  }
}

function withCharge(what: string, charge: Charge, words: Words): string {
  return `${what}, ${chargeWords(charge, words)}`;
}

function nothingHere({ page }: Mine, { list }: Words): string {
  return page === 0 ? list.empty : list.noOlder;
}

/** `Left today: $1.44 of $2.00 · this month: $17.10 of $20.00, 12 of 30 videos` */
function leftLine(allowances: readonly Allowance[], { list }: Words): string | null {
  const parts = allowances.flatMap(({ period, money: inMoney, videos }) => {
    const left = [
      ...(inMoney === null
        ? []
        : [list.ofMoney(money(inMoney.leftMicroUsd), money(inMoney.maxMicroUsd))]),
      ...(videos === null ? [] : [list.ofVideos(videos.left, videos.max)]),
    ];
    return left.length === 0 ? [] : [list.leftIn[period](left.join(', '))];
  });
  return parts.length === 0 ? null : list.left(parts.join(' · '));
}

function showRow(entries: readonly MyJob[], words: Words): Row {
  return row(
    entries
      .filter(({ isKept }) => isKept)
      .map(({ number, job }) => {
        const style = job.state === 'undelivered' ? ButtonStyle.Primary : ButtonStyle.Secondary;
        return button(words.button.showNumber(number), customId('video', job.id), style);
      }),
  );
}

function pageRow({ page, hasOlder }: Mine, words: Words): Row {
  return row([
    ...(page > 0 ? [button(words.button.newer, customId('page', String(page - 1)))] : []),
    ...(hasOlder ? [button(words.button.older, customId('page', String(page + 1)))] : []),
    // Also where there is no video: an offer, or that somebody wrote to the bot, is kept too.
    forgetButton(words),
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
