/**
 * Tells admins in their channel what they should know. Where the bot's channel cannot be posted in, or
 * none was set, its admins are told by direct message. Nothing is posted twice: the nonce is made of
 * what is told.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { House } from '../../jobs/admins/house.ts';
import type { SettingScope } from '../../jobs/admins/settings.ts';
import type { TellResult } from '../../jobs/admins/telling.ts';
import { type Failure, sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { idAt } from '../connection/snowflakes.ts';
import { discordTime } from '../connection/time.ts';
import type { ObserveDiscord } from '../observe.ts';
import { auditHello, channelLost } from '../text/adminAlerts.ts';
import { type MessageBody, pingNobody } from '../text/job.ts';
import { CONTENT_MAX } from '../text/quote.ts';

export interface Audit {
  /** `key` names what is told: tried again it is the same message. Never rejects. */
  tell(scope: SettingScope, body: MessageBody, key: string): Promise<TellResult>;
  /** In that channel alone: where it cannot be posted in, nobody is told. Never rejects. */
  post(channelId: string, body: MessageBody, key: string): Promise<TellResult>;
  /** Says hello in a channel of that server; null: of any. What is in the way, or null. */
  tryChannel(
    channelId: string,
    guildId: string | null,
    key: string,
  ): Promise<'not there' | 'not allowed' | 'not now' | null>;
}

export interface AuditParts {
  readonly rest: DiscordRest;
  readonly house: Pick<House, 'get'>;
  readonly adminUserIds: readonly string[];
  readonly observe: ObserveDiscord;
  /** Null before the gateway has said it. */
  readonly botUserId: () => string | null;
  /** Never-jumping clock in ms. */
  readonly monotonic: () => number;
  /** Ends what is on its way when the process stops. */
  readonly signal: AbortSignal;
}

const WITHIN_MS = 10_000;
const MOST_TRIES = 3;
const PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;
/** By direct message, if there are more. */
const MOST_ADMINS = 10;
/** Of messages that may have arrived, and what is read of a channel to find one: the first since. */
const MOST_UNSURE = 100;
const LOOKED_AT = 100;
const opened = z.object({ id: z.string() });
const channel = z.object({ guild_id: z.string().nullish() });
const messages = z.array(z.object({ content: z.string(), author: z.object({ id: z.string() }) }));

/** A message that may have arrived. */
interface Said {
  readonly content: string;
  /** When it was tried first, by the clock that never jumps. */
  readonly since: number;
}

type Tried<T> = { readonly done: T } | { readonly failure: Failure; readonly mayBeDone: boolean };

export function createAudit(parts: AuditParts): Audit {
  const { rest, house, adminUserIds, observe, botUserId, monotonic, signal } = parts;
  /** What was said under a nonce, where it is not known whether it arrived. */
  const unsure = new Map<string, Said>();

  async function tried<T>(call: (within: AbortSignal) => Promise<T>): Promise<Tried<T>> {
    let mayBeDone = false;
    for (let tries = 1; ; tries += 1) {
      try {
        return { done: await call(AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)])) };
      } catch (error) {
        const failure = sortFailure(error);
        // Else there is proof that nothing was done.
        if (failure.kind === 'no answer' && failure.left) mayBeDone = true;
        const isLast = !isPassing(failure) || tries >= MOST_TRIES;
        if (isLast || !(await pause(failure))) return { failure, mayBeDone };
      }
    }
  }

  /** False when the process stops. */
  async function pause(failure: Failure): Promise<boolean> {
    const asked = failure.kind === 'later' ? (failure.retryAfterMs ?? 0) : 0;
    try {
      await sleep(Math.min(Math.max(asked, PAUSE_MS), LONGEST_PAUSE_MS), undefined, { signal });
      return true;
    } catch {
      return false;
    }
  }

  async function postIn(channelId: string, body: MessageBody, key: string): Promise<TellResult> {
    const nonce = nonceOf(`${channelId} ${key}`);
    const said = unsure.get(nonce);
    // Discord forgets a nonce within minutes.
    if (said !== undefined && (await isThere(channelId, said))) {
      unsure.delete(nonce);
      return 'told';
    }
    const since = monotonic();
    const posted = await tried((within) =>
      rest.deliveries.post(Routes.channelMessages(channelId), {
        body: { ...body, nonce, enforce_nonce: true },
        signal: within,
      }),
    );
    if ('done' in posted || !isPassing(posted.failure)) unsure.delete(nonce);
    else if (posted.mayBeDone) noteUnsure(nonce, said ?? { content: body.content, since });
    if ('done' in posted) return 'told';
    // Discord's answer to a nonce whose message was deleted since: it had arrived.
    return posted.failure.kind === 'message gone' ? 'told' : failed(posted.failure);
  }

  function noteUnsure(nonce: string, said: Said): void {
    unsure.set(nonce, said);
    const [oldest] = unsure.keys();
    if (unsure.size > MOST_UNSURE && oldest !== undefined) unsure.delete(oldest);
  }

  /**
   * The same may have been said before, and anybody can say it: only what the bot wrote since the first try
   * is it. Without the right to read the channel's past Discord gives an empty list.
   */
  async function isThere(channelId: string, { content, since }: Said): Promise<boolean> {
    const now = await discordTime(rest, signal);
    if (now === null) return false;
    const after = idAt(now - (monotonic() - since));
    const query = new URLSearchParams({ limit: String(LOOKED_AT), after });
    const read = await tried((within) =>
      rest.ordinary.get(Routes.channelMessages(channelId), { query, signal: within }),
    );
    if ('failure' in read) return false;
    const found = messages.safeParse(read.done);
    return (
      found.success &&
      found.data.some((one) => one.content === content && one.author.id === botUserId())
    );
  }

  function failed(failure: Failure): TellResult {
    observe({ kind: 'not answered', what: 'audit message', how: failure.how });
    return isPassing(failure) ? 'later' : 'nobody';
  }

  async function toAdmin(userId: string, body: MessageBody, key: string): Promise<TellResult> {
    const dm = await tried((within) =>
      rest.deliveries.post(Routes.userChannels(), {
        body: { recipient_id: userId },
        signal: within,
      }),
    );
    if ('failure' in dm) return failed(dm.failure);
    const read = opened.safeParse(dm.done);
    return read.success ? postIn(read.data.id, body, key) : failed(noChannel);
  }

  async function toAdmins(body: MessageBody, key: string): Promise<TellResult> {
    const results: TellResult[] = [];
    for (const userId of adminUserIds.slice(0, MOST_ADMINS)) {
      results.push(await toAdmin(userId, body, key));
    }
    if (results.includes('told')) return 'told';
    return results.includes('later') ? 'later' : 'nobody';
  }

  return {
    async tell(scope, body, key) {
      const channelId = house.get(scope, 'audit');
      if (scope !== 'bot') return channelId === null ? 'nobody' : postIn(channelId, body, key);
      if (channelId === null) return toAdmins(body, key);
      const result = await postIn(channelId, body, key);
      if (result !== 'nobody') return result;
      const content = `${body.content}\n${channelLost(channelId)}`.slice(0, CONTENT_MAX);
      return toAdmins({ ...body, content }, key);
    },

    post: postIn,

    async tryChannel(channelId, guildId, key) {
      const seen = await tried((within) =>
        rest.ordinary.get(Routes.channel(channelId), { signal: within }),
      );
      if ('failure' in seen) return isPassing(seen.failure) ? 'not now' : 'not allowed';
      const where = channel.safeParse(seen.done).data?.guild_id ?? null;
      if (where === null || (guildId !== null && where !== guildId)) return 'not there';
      const hello = { content: auditHello(guildId), components: [], allowed_mentions: pingNobody };
      const result = await postIn(channelId, hello, key);
      if (result === 'told') return null;
      return result === 'later' ? 'not now' : 'not allowed';
    },
  };
}

const noChannel: Failure = { kind: 'refused', code: 0, how: 'no channel id' };

function isPassing({ kind }: Failure): boolean {
  return kind === 'later' || kind === 'no answer';
}

/** Discord's limit is 25 characters. */
function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 25);
}
