/** `/veo-admin job` and `/veo-admin jobs`: what happened to a job, in the words of its own history. */
import type { Job, Note, State } from '../../jobs/job.ts';
import type { HistoryLine } from '../../jobs/ports.ts';
import { chargeWords } from './charge.ts';
import { promptText } from './job.ts';
import { money } from './money.ts';
import { CONTENT_MAX, quote } from './quote.ts';
import { en } from './words/en.ts';

const LIST_PROMPT = 40;

export function noSuchJob(id: string): string {
  return `There is no video "${quote(id, 20)}" here. Its id stands in /veo-admin jobs and /veo-admin status.`;
}

export function jobText(job: Job, history: readonly HistoryLine[]): string {
  const { request, requester } = job;
  const head = [
    `🎞️ Video ${job.id} · ${job.state}`,
    `> ${promptText(request.prompt, en)}`,
    `${quote(request.modelName, 40)} · asked for by <@${requester.userId}> ${moment(job.askedAt)}`,
    moneyLine(job),
    placeLine(job),
  ];
  return withinContent(head, history.map(historyLine));
}

export function jobsText(jobs: readonly Job[], state: State | null): string {
  const which = state === null ? '' : `, ${state}`;
  if (jobs.length === 0) return `No videos${which}.`;
  return withinContent([`🎞️ The newest videos${which}`], jobs.map(listLine), 'last');
}

function listLine(job: Job): string {
  const { id, state, requester, request } = job;
  const prompt = promptText(request.prompt, en, LIST_PROMPT);
  return `${id} · ${state} · <@${requester.userId}> ${moment(job.askedAt)} · ${priceOf(job)} · ${prompt}`;
}

function moneyLine(job: Job): string {
  const estimated = `estimated ${money(job.request.priceMicroUsd)}`;
  return 'charge' in job
    ? `${chargeWords(job.charge, en)} (${estimated})`
    : `${estimated}, still open`;
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
    kept.splice(goes === 'middle' ? 1 : kept.length - 1, 1);
  }
  return text();
}

function moment(at: number): string {
  return `<t:${Math.floor(at / 1000)}:R>`;
}
