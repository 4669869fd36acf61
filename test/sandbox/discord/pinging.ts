/**
 * What a bot sent that leaves it to Discord whom a text pings: left out, `allowed_mentions` means
 * everybody whom it names.
 * Source: Discord's documentation of the allowed mentions object, API v10, 2026-08.
 */
import type { JournalEntry } from './journal.ts';

interface Sent {
  readonly content?: unknown;
  readonly allowed_mentions?: { readonly parse?: readonly unknown[] } | null;
}

/** One line for each such message or edit; none: nobody can be pinged by what somebody else wrote. */
export function leavesPingsOpen(journal: readonly JournalEntry[]): string[] {
  return journal.flatMap(({ method, route, body }) => {
    const { content, allowed_mentions: allowed } = sentIn(body);
    if (typeof content !== 'string' || content === '') return [];
    if (allowed?.parse?.length === 0) return [];
    return [`${method} ${route}: ${content.slice(0, 80)}`];
  });
}

/** The message itself, which the callback of an interaction has in its `data`. */
function sentIn(body: unknown): Sent {
  if (typeof body !== 'object' || body === null) return {};
  const { data } = body as { readonly data?: unknown };
  return (typeof data === 'object' && data !== null ? data : body) as Sent;
}
