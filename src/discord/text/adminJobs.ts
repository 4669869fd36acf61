/** `/veo-admin job` and `/veo-admin jobs`: what happened to a job, in the words of its own history. */
import { type APIButtonComponentWithCustomId, ButtonStyle, ComponentType } from 'discord.js';
import type { JobList, LookedUp } from '../../jobs/admins/steering.ts';
import type { Note } from '../../jobs/change.ts';
import type { Job } from '../../jobs/job.ts';
import type { LedgerLine } from '../../jobs/money/accounts.ts';
import type { HistoryLine, Listed } from '../../jobs/ports/store.ts';
import type { Choice } from '../answering/acknowledge.ts';
import { chargeWords } from './charge.ts';
import { customId } from './customIds.ts';
import { type MessageBody, pingNobody, promptText } from './job.ts';
import { jobsPageId } from './jobsPage.ts';
import { money } from './money.ts';
import { CONTENT_MAX, plainLine, quote } from './quote.ts';
import { en } from './words/en.ts';

const LIST_PROMPT = 40;
/** Discord's. */
const CHOICE_MAX = 100;
const MOST_LEDGER_LINES = 6;
/** Four digits stand in a button. */
const MOST_PAGE = 9_999;

export function noSuchJob(id: string): string {
  return `There is no video "${quote(id, 20)}" here. Its id stands in /veo-admin jobs and /veo-admin status.`;
}

/** @param withPrompt not for those who manage only the server that it was asked for in */
export function jobText({ job, history, ledger }: LookedUp, withPrompt: boolean): string {
  const { request, requester } = job;
  const head = [
    `🎞️ Video ${job.id} · ${job.state}`,
    ...(withPrompt ? [`> ${promptText(request.prompt, en)}`] : []),
    `${quote(request.modelName, 40)} · asked for by <@${requester.userId}> ${moment(job.askedAt)}`,
    moneyLine(job),
    ...(withPrompt ? saidLine(job) : []),
    placeLine(job),
    ...cutLines(ledger.map(ledgerLine), MOST_LEDGER_LINES),
  ];
  return withinContent(head, history.map(historyLine));
}

/** `<12:00:00> reserved · $0.80 held` */
function ledgerLine({ at, kind, basis, ...sums }: LedgerLine): string {
  const parts = [
    [sums.reservedMicroUsd, 'held'],
    [sums.chargedMicroUsd, 'charged'],
    [sums.maybeMicroUsd, 'may have been charged'],
  ] as const;
  const moved = parts
    .filter(([microUsd]) => microUsd !== 0)
    .map(([microUsd, what]) => `${microUsd > 0 ? '+' : ''}${money(microUsd)} ${what}`);
  const by = basis === null ? '' : basis === 'reported' ? ', as reported' : ', at the estimate';
  return `🧾 <t:${Math.floor(at / 1000)}:T> ${kind}${by} · ${moved.length === 0 ? '$0.00' : moved.join(', ')}`;
}

/** The first and the newest. */
function cutLines(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const left = `… ${lines.length - most} more`;
  return [...lines.slice(0, 1), left, ...lines.slice(lines.length - most + 1)];
}

/** @param ofBot what members wrote is for the bot's own admins alone */
export function jobsMessage(
  { jobs, page, hasOlder }: JobList,
  which: Listed,
  ofBot: boolean,
): MessageBody {
  const { state, userId, guildId } = which;
  const of = [
    ...(state === null ? [] : [state]),
    ...(userId === null ? [] : [`of <@${userId}>`]),
    ...(guildId === null ? [] : ['in this server']),
  ];
  const named = of.length === 0 ? '' : `, ${of.join(', ')}`;
  const head = `🎞️ The newest videos${named}${page === 0 ? '' : ` · page ${page + 1}`}`;
  const lines = jobs.map((job) => listLine(job, ofBot));
  const none = page === 0 ? `No videos${named}.` : `No older videos${named}.`;
  const content = jobs.length === 0 ? none : withinContent([head], lines, 'last');
  const turn = (label: string, to: number): APIButtonComponentWithCustomId => ({
    ...{ type: ComponentType.Button, style: ButtonStyle.Secondary, label },
    custom_id: customId('jobs', jobsPageId(to, which)),
  });
  const buttons = [
    ...(page > 0 ? [turn('Newer', page - 1)] : []),
    ...(hasOlder && page < MOST_PAGE ? [turn('Older', page + 1)] : []),
  ];
  const components =
    buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow as const, components: buttons }];
  return { content, components, allowed_mentions: pingNobody };
}

function listLine(job: Job, ofBot: boolean): string {
  const { id, state, requester, request } = job;
  const prompt = ofBot ? ` · ${promptText(request.prompt, en, LIST_PROMPT)}` : '';
  return `${id} · ${state} · <@${requester.userId}> ${moment(job.askedAt)} · ${priceOf(job)}${prompt}`;
}

/** One of the ids that are offered while one is typed. */
export function jobChoice({ id, state, request, askedAt }: Job): Choice {
  const asked = new Date(askedAt).toISOString().slice(0, 16).replace('T', ' ');
  const name = `${id} · ${state} · ${request.modelName} · ${money(request.priceMicroUsd)} · ${asked} UTC`;
  return { name: plainLine(name, CHOICE_MAX), value: id };
}

function moneyLine(job: Job): string {
  const estimated = `estimated ${money(job.request.priceMicroUsd)}`;
  return 'charge' in job
    ? `${chargeWords(job.charge, en)} (${estimated})`
    : `${estimated}, still open`;
}

/** In the service's own words, which may repeat the prompt: what it did not take stands in them. */
function saidLine(job: Job): string[] {
  if (job.state !== 'failed' || job.said === null) return [];
  const said = quote(job.said, 200);
  return said === '' ? [] : [`The service said: "${said}"`];
}

function priceOf(job: Job): string {
  return 'charge' in job ? chargeWords(job.charge, en) : money(job.request.priceMicroUsd);
}

function placeLine(job: Job): string {
  if (job.state === 'delivered') {
    const { channelId, messageId, rung } = job.posted;
    const home = channelId === job.reply.channelId ? (job.reply.guildId ?? '@me') : '@me';
    return `Posted (${rung}): https://discord.com/channels/${home}/${channelId}/${messageId}`;
  }
  const { guildId, channelId, messageId } = job.reply;
  const asked = messageId === null ? '' : `/${messageId}`;
  return `Asked for in https://discord.com/channels/${guildId ?? '@me'}/${channelId}${asked}`;
}

function historyLine({ at, state, event, detail }: HistoryLine): string {
  return `<t:${Math.floor(at / 1000)}:T> ${state} · ${quote(event, 60)}${detailText(detail)}`;
}

function detailText(detail: Note['detail']): string {
  const parts = Object.entries(detail ?? {}).filter(([, value]) => value !== null);
  if (parts.length === 0) return '';
  const words = parts.map(([name, value]) =>
    name === 'microUsd' && typeof value === 'number'
      ? money(value)
      : `${quote(name, 30)} ${quote(String(value), 60)}`,
  );
  return ` (${words.join(', ')})`;
}

/** Whole lines go: of a history those in its middle, of a list the last ones. */
function withinContent(
  head: readonly string[],
  lines: readonly string[],
  goes: 'middle' | 'last' = 'middle',
): string {
  const kept = [...lines];
  const at = goes === 'middle' ? 1 : Number.POSITIVE_INFINITY;
  const text = () => {
    const left = lines.length - kept.length;
    const more = left === 0 ? [] : [`… ${left} more`];
    return [...head, ...kept.slice(0, at), ...more, ...kept.slice(at)].join('\n');
  };
  while (text().length > CONTENT_MAX && kept.length > 1) {
    // Of two lines of a history the older one goes: the newest says how it stands.
    const gone = goes === 'last' ? kept.length - 1 : kept.length > 2 ? 1 : 0;
    kept.splice(gone, 1);
  }
  return text();
}

function moment(at: number): string {
  return `<t:${Math.floor(at / 1000)}:R>`;
}
