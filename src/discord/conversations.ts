/**
 * Direct messages, each answered once, also those that came while the bot was away. What is settled
 * stands in the store; what could not be noted there, because the process died, is read from Discord:
 * each of our answers names the message it replies to.
 *
 * Everything in one channel happens in turn, so that a message that is both heard and listed is met
 * one time after the other. A channel is read up before anything new in it is noted: else the note of
 * the new message would pass over the older ones.
 *
 * Source: Discord's documentation of Get Channel Messages, API v10, 2026-08. A bot cannot ask which
 * direct messages it has, so only those are known in which somebody wrote to it or used a command.
 */
import { Routes } from 'discord.js';
import { z } from 'zod';
import { backoff } from '../jobs/lanes/delays.ts';
import type { Conversation, JobStore } from '../jobs/ports/store.ts';
import { sortFailure } from './connection/errors.ts';
import { isFromOutside, wordFor } from './connection/faults.ts';
import { pause } from './connection/pause.ts';
import type { DiscordRest } from './connection/rest.ts';
import { before, byAge, idAt, isNewer } from './connection/snowflakes.ts';
import { type DirectMessage, readDirectMessage } from './dms.ts';
import type { ObserveDiscord } from './observe.ts';

export interface ConversationParts {
  readonly store: Pick<JobStore, 'noteConversation' | 'findConversation' | 'conversations'>;
  readonly rest: Pick<DiscordRest, 'ordinary'>;
  /** True: it has its answer, or can have none. Rejects with what the process must not outlive. */
  readonly answer: (message: DirectMessage) => Promise<boolean>;
  readonly observe: ObserveDiscord;
  /** Wall clock in ms. */
  readonly now: () => number;
  /** Ends the reading up: nothing older is answered any more. */
  readonly signal: AbortSignal;
}

export interface Conversations {
  /** MESSAGE_CREATE brought it. Rejects as `answer` does. */
  heard(message: DirectMessage): Promise<void>;
  /** A session began that has not heard what was said before it. Rejects as `answer` does. */
  readUp(): Promise<void>;
  /** Somebody used a command in a direct message: from now on nothing said there is lost. */
  met(channelId: string, userId: string, interactionId: string): Promise<void>;
}

type Known = Omit<Conversation, 'at'>;
type Listed =
  | { readonly kind: 'listed'; readonly raw: readonly unknown[]; readonly isWhole: boolean }
  /** Nothing can be read there, now or later. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'not now'; readonly how: string };

interface ReadUp {
  readonly answered: number;
  /** The message at which it ended, for now without an answer. */
  readonly open: string | null;
}

/** Whoever wrote longer ago would be more surprised by an answer than helped. */
const ANSWERED_FOR_MS = 24 * 3_600_000;
/** The newest of a conversation; nobody who wrote more waits for each. */
const MOST_IN_ONE = 10;
/** After each new session; the others are read up when something is said in them. */
const MOST_CONVERSATIONS = 250;
const MOST_ANSWERS = 100;
const PAGE = 100;
const MOST_PAGES = 10;
const TRIES = 3;
/** An event that comes twice comes soon. */
const REMEMBERED = 2_000;

const id = z.string().regex(/^\d{1,20}$/);
const anything = z.looseObject({ id });
const ourAnswer = z.object({
  author: z.object({ bot: z.literal(true) }),
  message_reference: z.object({ message_id: id }),
});

export function createConversations(parts: ConversationParts): Conversations {
  const { store, rest, answer, observe, now, signal } = parts;
  const turns = new Map<string, Promise<unknown>>();
  const settledIds = new Set<string>();
  /** Channels in which all that was said before this session is settled. Each session has its own. */
  let upToDate = new Set<string>();

  function inTurn(channelId: string, work: () => Promise<void>): Promise<void> {
    const mine = (turns.get(channelId) ?? Promise.resolve()).then(work);
    const over = mine.catch(() => {});
    turns.set(channelId, over);
    void over.then(() => turns.get(channelId) === over && turns.delete(channelId));
    return mine;
  }

  /** What cannot be noted now is read from Discord the next time. */
  async function note(known: Known): Promise<void> {
    try {
      await store.noteConversation({ ...known, at: now() });
    } catch (error) {
      tellOrThrow('note of a direct message', error);
    }
  }

  function tellOrThrow(what: string, error: unknown): void {
    if (!isFromOutside(error)) throw error;
    observe({ kind: 'not handled', what, how: wordFor(error) });
  }

  /** One that ends the process is settled too: met again, it would end the next one. */
  async function settle(message: DirectMessage, mayNote: () => boolean): Promise<boolean> {
    const { id, channelId, authorId } = message;
    if (settledIds.has(id)) return true;
    let isSettled = true;
    try {
      isSettled = await answer(message);
    } finally {
      if (isSettled) {
        settledIds.add(id);
        const [oldest] = settledIds;
        if (settledIds.size > REMEMBERED && oldest !== undefined) settledIds.delete(oldest);
        if (mayNote()) await note({ channelId, userId: authorId, settledId: id });
      }
    }
    return isSettled;
  }

  async function readUpIn(known: Known, within: Set<string>, tries: number): Promise<ReadUp> {
    const { channelId, userId } = known;
    const yesterday = idAt(now() - ANSWERED_FOR_MS);
    const since = isNewer(known.settledId, yesterday) ? known.settledId : yesterday;
    const listed = await listedAfter(since, channelId, tries);
    if (listed.kind === 'not now') {
      if (!signal.aborted) {
        observe({ kind: 'not handled', what: 'older direct messages', how: listed.how });
      }
      return { answered: 0, open: null };
    }
    if (listed.kind === 'refused') {
      within.add(channelId);
      return { answered: 0, open: null };
    }
    const messages = listed.isWhole ? openIn(listed.raw) : [];
    let answered = 0;
    for (const message of messages.slice(-MOST_IN_ONE)) {
      const isSettled = !signal.aborted && (await settle(message, () => true));
      if (!isSettled) return { answered, open: message.id };
      answered += 1;
    }
    const last = listed.raw
      .map((one) => anything.parse(one).id)
      .toSorted(byAge)
      .at(-1);
    if (last !== undefined) await note({ channelId, userId, settledId: last });
    within.add(channelId);
    return { answered, open: null };
  }

  /** What members wrote and has no answer, the oldest first. */
  function openIn(raw: readonly unknown[]): DirectMessage[] {
    const answered = new Set(
      raw.map((one) => ourAnswer.safeParse(one).data?.message_reference.message_id),
    );
    return raw
      .map(readDirectMessage)
      .filter((message) => message !== null)
      .filter(({ id }) => !answered.has(id) && !settledIds.has(id))
      .toSorted((a, b) => byAge(a.id, b.id));
  }

  async function listedAfter(since: string, channelId: string, tries: number): Promise<Listed> {
    const raw: unknown[] = [];
    let after = since;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await pageAfter(after, channelId, tries);
      if ('kind' in found) return found;
      raw.push(...found);
      if (found.length < PAGE) return { kind: 'listed', raw, isWhole: true };
      after =
        found
          .map((one) => one.id)
          .toSorted(byAge)
          .at(-1) ?? after;
    }
    return { kind: 'listed', raw, isWhole: false };
  }

  async function pageAfter(after: string, channelId: string, tries: number) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await rest.ordinary.get(Routes.channelMessages(channelId), {
          query,
          signal,
        });
        return z.array(anything).parse(answer);
      } catch (error) {
        const failure = sortFailure(error);
        const mayPass = failure.kind === 'later' || failure.kind === 'no answer';
        if (!mayPass) return { kind: 'refused' } as const;
        const asked = failure.kind === 'later' ? (failure.retryAfterMs ?? undefined) : undefined;
        const waited =
          attempt < tries && (await pause(backoff(attempt, Math.random, asked), signal));
        if (!waited) return { kind: 'not now', how: failure.how } as const;
      }
    }
  }

  return {
    heard: (message) =>
      inTurn(message.channelId, async () => {
        const { id, channelId, authorId: userId } = message;
        const session = upToDate;
        try {
          const known = await store.findConversation(channelId);
          if (known !== null && !session.has(channelId)) {
            const { open } = await readUpIn(known, session, 1);
            if (open === id) return;
          } else if (known === null) {
            // Noted first: killed before the answer, it is found by the next process.
            await note({ channelId, userId, settledId: before(id) });
            session.add(channelId);
          }
        } catch (error) {
          tellOrThrow('older direct messages', error);
        }
        // What is not settled is met again when the channel is read up.
        const isSettled = await settle(message, () => upToDate.has(channelId));
        if (!isSettled) upToDate.delete(channelId);
      }),
    async readUp() {
      const session = new Set<string>();
      upToDate = session;
      let left = MOST_ANSWERS;
      for (const { channelId } of await store.conversations(MOST_CONVERSATIONS)) {
        if (signal.aborted || upToDate !== session || left <= 0) return;
        await inTurn(channelId, async () => {
          // In the meantime it may have been read up, or forgotten.
          const known = session.has(channelId) ? null : await store.findConversation(channelId);
          if (known !== null) left -= (await readUpIn(known, session, TRIES)).answered;
        });
      }
    },
    async met(channelId, userId, interactionId) {
      try {
        const known = await store.findConversation(channelId);
        if (known === null) await note({ channelId, userId, settledId: interactionId });
      } catch (error) {
        tellOrThrow('note of a direct message', error);
      }
    },
  };
}
