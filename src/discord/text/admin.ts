/** `/veo-admin status`: what needs an admin first, then what runs and what it costs. */

import type { PausedPart } from '../../jobs/admins/house.ts';
import type { Failed, Job, Undelivered } from '../../jobs/job.ts';
import type { Limit, Period } from '../../jobs/money/spending.ts';
import type { Overview, Totals } from '../../jobs/ports/store.ts';
import type { AdminStatus, Alarm, ProxyReport } from '../admins/adminView.ts';
import type { GatewayState } from '../connection/client.ts';
import { pausedBy } from './adminSteering.ts';
import { chargeWords } from './charge.ts';
import { money } from './money.ts';
import { CONTENT_MAX, quote } from './quote.ts';
import { en } from './words/en.ts';

const MOST_ALARMS = 5;
const MOST_JOBS = 5;
/** What to do about it stands at its end. */
const PROBLEM_GRAPHEMES = 400;
/** Above it something may be judged wrongly, e.g. when a day's limit begins anew. */
const CLOCK_OFF_MS = 30_000;
const LOW_BYTES = 1_000_000_000;
/** A failure nobody has done anything about for so long needs nobody; what is unsettled stays. */
const LOOKED_AT_FOR_MS = 7 * 24 * 3_600_000;

export function notAnAdmin(): string {
  return 'This command is for the admins of this bot only. If you host it, add your user id to ADMIN_USER_IDS.';
}

/** @param theirs what the admins of a server may use in it, e.g. `limits show` */
export function notForServerAdmins(theirs: readonly string[]): string {
  const names = theirs.map((name) => `\`${name}\``).join(' · ');
  return `This one is for the admins of the whole bot. Nothing was changed. In this server, \`/veo-admin\` has for you: ${names}`;
}

export function statusText(status: AdminStatus, gateway: GatewayState): string {
  const needs = needed(status, gateway);
  const lines = [
    needs.length === 0 ? '✅ Nothing needs you.' : '**Needs you**',
    ...needs,
    '',
    processLine(status, gateway),
    `**Jobs** ${jobsText(status.overview, status.now)}`,
    `**Today** ${totalsText(status.overview.day, 'day', status.limits)}`,
    `**Month** ${totalsText(status.overview.month, 'month', status.limits)}`,
  ];
  return withinContent(lines, needs.length);
}

function needed(status: AdminStatus, gateway: GatewayState): string[] {
  const { proxy, clockAheadMs, freeBytes } = status;
  return [
    ...(status.paused === null ? [] : [`⏸️ new videos are paused ${pausedBy(status.paused)}`]),
    ...status.pausedParts.map(pausedPartLine),
    ...(gateway.fatal === null
      ? []
      : [`🔌 gateway: ${quote(gateway.fatal.message, PROBLEM_GRAPHEMES)}`]),
    ...(proxy.up
      ? []
      : [`🔌 the proxy cannot be used: ${quote(proxy.how, PROBLEM_GRAPHEMES)}${lastUp(proxy)}`]),
    ...(proxy.up && proxy.models === 0 ? ['💤 the proxy offers none of the models'] : []),
    ...(freeBytes !== null && freeBytes < LOW_BYTES
      ? [`🗄️ only ${bytesText(freeBytes)} free on disk`]
      : []),
    ...(clockAheadMs !== null && Math.abs(clockAheadMs) > CLOCK_OFF_MS
      ? [
          `🕰️ this machine's clock is ${offsetText(clockAheadMs)} Discord's: days and limits begin by it`,
        ]
      : []),
    ...status.overview.lookAt
      .filter((job) => isToLookAt(job, status.now))
      .flatMap(jobLine)
      .slice(0, MOST_JOBS),
    ...status.notOffered.map((model) => `💤 ${quote(model, 60)}: not offered by the proxy`),
    ...status.alarms.slice(0, MOST_ALARMS).map(alarmLine),
  ];
}

function pausedPartLine(part: PausedPart): string {
  const what = part.kind === 'model' ? quote(part.name, 40) : `server ${part.guildId}`;
  return `⏸️ ${what}: new videos are paused ${pausedBy(part.paused)}`;
}

function isToLookAt(job: Job, now: number): boolean {
  return job.state === 'unconfirmed' || now - job.changedAt < LOOKED_AT_FOR_MS;
}

function jobLine(job: Job): string[] {
  const when = moment(job.changedAt);
  switch (job.state) {
    case 'unconfirmed':
      // Settled by hand: an admin has looked at it.
      if (job.charge.kind !== 'may have been charged') return [];
      return [`⚠️ job ${job.id}: answer lost ${when}, ${chargeWords(job.charge, en)}`];
    case 'undelivered':
      return [
        `📦 job ${job.id}: made, ${undelivered(job)} ${when}, ${chargeWords(job.charge, en)}`,
      ];
    case 'failed':
      // The model's own safety filter: the member was told, an admin cannot change it.
      return job.reason === 'declined'
        ? []
        : [`❌ job ${job.id}: ${failed(job)} ${when}, ${chargeWords(job.charge, en)}`];
    default:
      return [];
  }
}

function failed(job: Failed): string {
  switch (job.reason) {
    case 'declined':
      return 'declined by the model';
    case 'not accepted': {
      const said = job.said === null ? '' : quote(job.said, 100);
      return `refused by the service${said === '' ? '' : `: "${said}"`}`;
    }
    case 'model gone':
      return 'its model is gone';
    case 'set up wrongly':
      return 'set up wrongly';
    case 'service budget':
      return "the proxy's key is over its budget";
    case 'failed at the service':
      return 'failed at the service';
    case 'clip gone':
      return 'not started: the clip it was to be made of is not kept any more';
    case 'gone at the service':
      return 'not known at the service any more';
    case 'not understood':
      return 'paid for, but no video found in the answer';
    case 'overdue':
      return 'still not made at its deadline';
    case 'file lost':
      return 'made, but its file was lost before it could be posted';
    case 'unreadable file':
      return 'made and paid for, but what is fetched is no video; the last file is videos/ID.unreadable in the data folder';
    default:
      return job.reason satisfies never;
  }
}

function undelivered(job: Undelivered): string {
  switch (job.reason) {
    case 'too large':
      return 'too large to post';
    case 'unreachable':
      return 'no way to the member';
    case 'removed by requester':
      return 'message removed by the member';
    default:
      return job.reason satisfies never;
  }
}

function alarmLine({ at, what, about, jobId, count }: Alarm): string {
  const often = count === 1 ? '' : ` (${count} times, last`;
  const when = `${moment(at)}${count === 1 ? '' : ')'}`;
  return `⚠️ ${jobId === null ? '' : `job ${jobId}: `}${quote(what)}${about === null ? '' : `: ${quote(about)}`}${often} ${when}`;
}

function lastUp({ lastUpAt }: Extract<ProxyReport, { up: false }>): string {
  return lastUpAt === null ? '' : ` (it last answered well ${moment(lastUpAt)})`;
}

/** `95 s behind`; in seconds as long as anybody would count them. */
function offsetText(aheadMs: number): string {
  const ms = Math.abs(aheadMs);
  const far = ms < 600_000 ? `${Math.round(ms / 1000)} s` : durationText(ms);
  return aheadMs > 0 ? `${far} ahead of` : `${far} behind`;
}

function processLine(status: AdminStatus, gateway: GatewayState): string {
  const free = status.freeBytes === null ? [] : [`${bytesText(status.freeBytes)} free`];
  return [
    `veo-bot ${status.version}`,
    `up ${durationText(status.now - status.startedAt)}`,
    gatewayText(gateway),
    proxyText(status.proxy),
    ...free,
  ].join(' · ');
}

function gatewayText(gateway: GatewayState): string {
  if (!gateway.connected) return 'gateway lost';
  return gateway.pingMs === null ? 'gateway ok' : `gateway ok ${gateway.pingMs} ms`;
}

function proxyText(proxy: ProxyReport): string {
  if (!proxy.up) return 'proxy away';
  const models = proxy.models === 1 ? '1 model' : `${proxy.models} models`;
  const version = proxy.version === null ? '' : `LiteLLM ${quote(proxy.version, 30)}, `;
  return `proxy ok (${version}${models})`;
}

function jobsText({ byState, oldestUnfinished, unsettled }: Overview, now: number): string {
  const waiting = byState.received + byState.gathering + byState.queued;
  const making = byState.submitting + byState.generating + byState.cancelling;
  const bringing = byState.downloading + byState.shrinking + byState.delivering;
  const oldest =
    oldestUnfinished === null
      ? []
      : [`oldest ${oldestUnfinished.id} for ${durationText(now - oldestUnfinished.askedAt)}`];
  return [
    `${making} being made`,
    `${waiting} waiting`,
    `${bringing} on the way`,
    `${byState.undelivered} undelivered`,
    `${unsettled} may have been charged`,
    ...oldest,
  ].join(' · ');
}

function totalsText(totals: Totals, period: Period, limits: readonly Limit[]): string {
  const limit = limits.find((l) => l.scope === 'bot' && l.period === period);
  const used = totals.chargedMicroUsd + totals.reservedMicroUsd + totals.maybeMicroUsd;
  const most = limit?.maxMicroUsd ?? null;
  const mostVideos = limit?.maxVideos ?? null;
  const parts = [
    ...(totals.reservedMicroUsd > 0 ? [`${money(totals.reservedMicroUsd)} held`] : []),
    ...(totals.maybeMicroUsd > 0 ? [`${money(totals.maybeMicroUsd)} may have been charged`] : []),
  ];
  const inIt = parts.length === 0 ? '' : ` (of it ${parts.join(', ')})`;
  return [
    `${money(used)}${most === null ? '' : ` of ${money(most)}`}${inIt}`,
    `${totals.videos}${mostVideos === null ? '' : ` of ${mostVideos}`} ${totals.videos === 1 && mostVideos === null ? 'video' : 'videos'}`,
    `${totals.declined} declined`,
    `${totals.failed} failed`,
  ].join(' · ');
}

/** Whole lines go, those of the least urgent needs first, so that the figures always stand there. */
function withinContent(lines: readonly string[], needs: number): string {
  const kept = [...lines];
  let left = needs;
  let dropped = 0;
  while (kept.join('\n').length > CONTENT_MAX - 40 && left > 0) {
    kept.splice(left, 1);
    left -= 1;
    dropped += 1;
  }
  if (dropped > 0) kept.splice(left + 1, 0, `and ${dropped} more`);
  return kept.join('\n');
}

function moment(at: number): string {
  return `<t:${Math.floor(at / 1000)}:R>`;
}

function durationText(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}

function bytesText(bytes: number): string {
  return bytes >= 10e9 ? `${Math.floor(bytes / 1e9)} GB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
