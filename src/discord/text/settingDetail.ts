/** What of a setting was changed, in few words, out of what was set before and after. */
import type { Decided, Showing } from '../../jobs/admins/house.ts';
import type { SetLimit } from '../../jobs/money/limits.ts';
import type { Exempt } from '../../jobs/money/spending.ts';
import { limitName, limitText } from './adminLimits.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';

const REASON_MAX = 50;
const NAME_MAX = 40;
/** One command changes one thing; what changed more at once is named as far as it stays a short line. */
const MOST_PARTS = 3;

/**
 * E.g. `<@5> blocked`; empty where there is nothing to tell. A refused word is never told.
 *
 * @param value what was set, as it is kept; null: back to the configuration, as in `before`
 */
export function settingDetail(key: string, value: unknown, before: unknown): string {
  const parts = detailsOf(key, value, before);
  const rest = parts.length > MOST_PARTS ? ['…'] : [];
  return [...parts.slice(0, MOST_PARTS), ...rest].join(', ');
}

function detailsOf(key: string, value: unknown, before: unknown): string[] {
  switch (key) {
    case 'blocked members':
      return listDetails(value, before, (id) => `<@${id}>`, ['blocked', 'unblocked']);
    case 'blocked servers':
      return listDetails(value, before, (id) => `server ${id}`, ['blocked', 'unblocked']);
    case 'words':
      return wordsDetails(value, before);
    case 'models':
      return modelDetails(value, before);
    case 'paused':
      return reasonOf(value);
    case 'paused models':
      return pausedModelDetails(value, before);
    case 'limits':
      return limitDetails(value, before);
    case 'exempt':
      return exemptDetails(value, before);
    case 'confirm above': {
      const { microUsd } = (value ?? {}) as { microUsd?: number | null };
      return microUsd === undefined ? [] : [microUsd === null ? 'none' : money(microUsd)];
    }
    case 'showing':
      return showingDetails(value, before);
    case 'audit':
      return [typeof value === 'string' ? `<#${value}>` : 'nowhere'];
    default:
      return [];
  }
}

/** What is in the one list and not in the other. */
function without(list: unknown, other: unknown): string[] {
  const others = idsOf(other);
  return idsOf(list).filter((id) => !others.includes(id));
}

function idsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list : [];
}

function listDetails(
  value: unknown,
  before: unknown,
  named: (id: string) => string,
  [added, removed]: readonly [string, string],
): string[] {
  return [
    ...without(value, before).map((id) => `${named(id)} ${added}`),
    ...without(before, value).map((id) => `${named(id)} ${removed}`),
  ];
}

function wordsDetails(value: unknown, before: unknown): string[] {
  const [added, removed] = [without(value, before), without(before, value)];
  return [
    ...(added.length === 0 ? [] : [`${added.length} added`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
  ];
}

function modelDetails(value: unknown, before: unknown): string[] {
  const [now, then] = [value, before].map((one) => (one ?? {}) as Partial<Decided['models']>);
  const isDefault = now?.byDefault ?? null;
  return [
    ...listDetails(now?.off, then?.off, named, ['off', 'on']),
    ...(isDefault === (then?.byDefault ?? null)
      ? []
      : [isDefault === null ? 'the configured default' : `${named(isDefault)} the default`]),
  ];
}

function pausedModelDetails(value: unknown, before: unknown): string[] {
  const [now, then] = [value, before].map((one) => (one ?? {}) as Decided['paused models']);
  const [ids, idsThen] = [Object.keys(now ?? {}), Object.keys(then ?? {})];
  return [
    ...without(ids, idsThen).map((id) =>
      [`${named(id)} paused`, ...reasonOf(now?.[id])].join(': '),
    ),
    ...without(idsThen, ids).map((id) => `${named(id)} not any more`),
  ];
}

function reasonOf(paused: unknown): string[] {
  const { reason } = (paused ?? {}) as Partial<Decided['paused']>;
  const said = quote(reason ?? '', REASON_MAX);
  return said === '' ? [] : [`“${said}”`];
}

function limitDetails(value: unknown, before: unknown): string[] {
  const [now, then] = [value, before].map(limitsOf);
  const changed = [...(now ?? [])].filter(([name, most]) => then?.get(name) !== most);
  const gone = [...(then?.keys() ?? [])].filter((name) => now?.has(name) !== true);
  return [
    ...changed.map(([name, most]) => `${name}: ${most}`),
    ...gone.map((name) => `${name}: taken back`),
  ];
}

function limitsOf(value: unknown): Map<string, string> {
  const limits: readonly SetLimit[] = Array.isArray(value) ? value : [];
  return new Map(limits.map((limit) => [limitName(limit), limitText(limit)]));
}

function exemptDetails(value: unknown, before: unknown): string[] {
  const [now, then] = [value, before].map(
    (one) => (one ?? {}) as Partial<Pick<Exempt, 'userIds' | 'roleIds'>>,
  );
  const ways = ['exempt', 'not exempt'] as const;
  return [
    ...listDetails(now?.userIds, then?.userIds, (id) => `<@${id}>`, ways),
    ...listDetails(now?.roleIds, then?.roleIds, (id) => `<@&${id}>`, ways),
  ];
}

/** By the names of their options. */
const flags = {
  private: 'private',
  ageRestrictedOnly: 'age_restricted_only',
  spoilers: 'spoilers',
} as const satisfies Record<keyof Showing, string>;

function showingDetails(value: unknown, before: unknown): string[] {
  const [now, then] = [value, before].map((one) => (one ?? {}) as Partial<Showing>);
  return (Object.keys(flags) as (keyof Showing)[])
    .filter((flag) => (now?.[flag] ?? false) !== (then?.[flag] ?? false))
    .map((flag) => `\`${flags[flag]}\` ${now?.[flag] === true ? 'on' : 'off'}`);
}

function named(id: string): string {
  return quote(id, NAME_MAX);
}
