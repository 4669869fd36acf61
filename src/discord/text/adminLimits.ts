/** What admins read about limits. */

import type { MicroUsd } from '../../jobs/model.ts';
import type { LimitOf, SetLimit, SetResult } from '../../jobs/money/limits.ts';
import type { Exempt, Limit, LimitCheck, Spent } from '../../jobs/money/spending.ts';
import { money } from './money.ts';
import { CONTENT_MAX } from './quote.ts';

export interface LimitsShown {
  /** Whose admins read it; null: the bot's. */
  readonly server: string | null;
  /** Where they read it. */
  readonly here: string | null;
  readonly limits: readonly (Limit | SetLimit)[];
  readonly exempt: Pick<Exempt, 'userIds' | 'roleIds'>;
  readonly confirmAboveMicroUsd: MicroUsd | null;
  /** Where days begin. */
  readonly timeZone: string;
  /** What is used of those that hold for the reader, here. */
  readonly used: readonly { readonly check: LimitCheck; readonly spent: Spent }[];
}

export function limitsText(shown: LimitsShown): string {
  const { server, here, limits, exempt, confirmAboveMicroUsd, timeZone, used } = shown;
  const lines = [
    limits.length === 0
      ? '**Limits** None are set here; those of the bot hold.'
      : `**Limits** A limit for one takes the place of the limit for each. Days begin at midnight (${timeZone}).`,
    ...limits.map((limit) => `- ${limitLine(limit, used, here)}`),
    ...exemptLine(exempt),
    ...(server !== null || confirmAboveMicroUsd === null
      ? []
      : [`Above ${money(confirmAboveMicroUsd)} a second press is wanted.`]),
  ];
  return withinContent(lines);
}

export function setLimitText(of: LimitOf, result: SetResult): string {
  switch (result.kind) {
    case 'set':
      return `✅ ${capital(limitName(of))}: ${limitText(result.limit)}. It holds from the next request on; what was taken already goes on.`;
    case 'taken back':
      return result.holds === null
        ? `✅ ${capital(limitName(of))}: no limit is set any more.`
        : `✅ ${capital(limitName(of))}: as configured again, ${limitText(result.holds)}.`;
    case 'nothing set':
      return `No limit was set for ${limitName(of)}. Nothing was changed. To set one, give \`usd\` or \`videos\`.`;
    case 'too many':
      return 'There are 50 limits already. Nothing was changed. Take one back first: the same command without an amount.';
    default:
      return result satisfies never;
  }
}

export function exemptText(
  who: { readonly userId: string } | { readonly roleId: string },
  isExempt: boolean,
  isChanged: boolean,
): string {
  const name = 'userId' in who ? `<@${who.userId}>` : `<@&${who.roleId}>`;
  if (!isChanged)
    return `Nothing was changed: ${name} ${isExempt ? 'is' : 'was not'} exempt${isExempt ? ' already, or there are 50 already' : ''}.`;
  return isExempt
    ? `✅ ${name} is exempt from the limits of members, roles and channels. Those of the server and the bot still hold.`
    : `✅ ${name} is not exempt any more.`;
}

export function confirmText(microUsd: MicroUsd | null): string {
  return microUsd === null
    ? '✅ No second press is wanted, whatever a video costs.'
    : `✅ Above ${money(microUsd)} a video is made only after a second press.`;
}

export function whichLimit(): string {
  return 'That does not go together: name a role for a limit of a role, and nobody else than the limit is of; how many go at once is counted in videos. Nothing was changed.';
}

export function notForServers(): string {
  return 'The limits of the whole bot and of strangers are set by its own admins, without `here`. Nothing was changed.';
}

function limitLine(
  limit: Limit | SetLimit,
  used: LimitsShown['used'],
  guildId: string | null,
): string {
  const who =
    'by' in limit ? `set by <@${limit.by}> <t:${Math.floor(limit.at / 1000)}:R>` : 'as configured';
  const now = used.find(
    ({ check }) =>
      check.scope === limit.scope &&
      check.period === limit.period &&
      check.within === limit.within &&
      (limit.of === undefined
        ? check.scope === 'bot' || check.scope === 'server'
        : check.of === limit.of),
  );
  const taken =
    now === undefined
      ? ''
      : limit.maxMicroUsd === null
        ? `, ${now.spent.videos} used`
        : `, ${money(now.spent.microUsd)} used`;
  const there = limit.within === guildId ? 'this server' : `server ${limit.within}`;
  const here = limit.within === undefined ? '' : `, in ${there} alone`;
  return `${capital(limitName(limit))}: ${limitText(limit)}${taken} (${who}${here})`;
}

/** E.g. `each member, a day`. */
export function limitName({ scope, of, period }: LimitOf): string {
  const span = period === 'at once' ? 'at once' : `a ${period}`;
  return `${whoseText(scope, of)}, ${span}`;
}

function whoseText(scope: Limit['scope'], of: string | undefined): string {
  switch (scope) {
    case 'bot':
      return 'the whole bot';
    case 'server':
      return of === undefined ? 'each server' : `server ${of}`;
    case 'channel':
      return of === undefined ? 'each channel' : `<#${of}>`;
    case 'member':
      return of === undefined ? 'each member' : `<@${of}>`;
    case 'role':
      return `each with <@&${of}>`;
    case 'stranger':
      return 'each stranger (who asks by direct message, or where the bot is not in the server)';
    default:
      return scope satisfies never;
  }
}

/** E.g. `$2.00 and 3 videos`. */
export function limitText({
  maxMicroUsd,
  maxVideos,
}: Pick<Limit, 'maxMicroUsd' | 'maxVideos'>): string {
  const parts = [
    ...(maxMicroUsd === null ? [] : [money(maxMicroUsd)]),
    ...(maxVideos === null ? [] : [maxVideos === 1 ? '1 video' : `${maxVideos} videos`]),
  ];
  return parts.join(' and ');
}

function exemptLine({ userIds, roleIds }: LimitsShown['exempt']): string[] {
  const names = [...userIds.map((id) => `<@${id}>`), ...roleIds.map((id) => `<@&${id}>`)];
  return names.length === 0 ? [] : [`**Exempt** ${names.join(', ')}`];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whole lines go from the end. */
function withinContent(lines: readonly string[]): string {
  const kept = [...lines];
  while (kept.join('\n').length > CONTENT_MAX - 40) kept.pop();
  if (kept.length < lines.length) kept.push(`and ${lines.length - kept.length} more`);
  return kept.join('\n');
}
