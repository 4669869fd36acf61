/**
 * Tags for the proxy's own spend log: whose a call was. Sent with every call, looks and downloads
 * too, since the proxy logs each by itself. By itself they hold no id of Discord's: an HMAC of it
 * with a secret that this installation made, so that the log groups by member and nobody reads who.
 */
import { createHmac } from 'node:crypto';
import type { OnBehalfOf } from '../jobs/ports/service.ts';

export type TagStyle = 'hashed' | 'plain' | 'off';

/** 64 bits: enough that no two of a few million meet. */
const HASH_CHARS = 16;

/** @param secret of this installation; the same id has another hash elsewhere */
export function createProxyTags(
  style: TagStyle,
  secret: string,
): (of: OnBehalfOf) => readonly string[] {
  if (style === 'off') return () => [];
  const named = (kind: string, id: string): string =>
    `${kind}:${style === 'plain' ? id : hash(secret, `${kind}:${id}`)}`;
  return ({ userId, guildId }) => [
    'veo-bot',
    guildId === null ? 'server:none' : named('server', guildId),
    named('member', userId),
  ];
}

function hash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, HASH_CHARS);
}
