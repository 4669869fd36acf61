/** The ladder: which way to the requester comes after which. One try of one rung is `Replies.deliver`. */
import { type Reply, type Rung, rungs } from '../job.ts';

/**
 * The next rung that can work at all, or null. Where only its token reaches the reply
 * (user-installed, private), nothing but a DM is left once the token is dead.
 */
export function rungAfter(rung: Rung, reply: Pick<Reply, 'place' | 'ephemeral'>): Rung | null {
  const possible = rungs.filter(
    (r) => !onlyByToken(reply) || r === 'reply by token' || r === 'direct message',
  );
  const following = rungs.slice(rungs.indexOf(rung) + 1);
  return following.find((r) => possible.includes(r)) ?? null;
}

/** Used where the bot is no member, or seen by one person alone. */
export function onlyByToken(reply: Pick<Reply, 'place' | 'ephemeral'>): boolean {
  return reply.place === 'elsewhere' || reply.ephemeral;
}
