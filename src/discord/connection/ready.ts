/** What the gateway says at the begin of a session. Source: Discord's documentation, API v10. */
import { z } from 'zod';

export interface Ready {
  readonly applicationId: string;
  readonly botUserId: string;
  readonly guildIds: readonly string[];
  /** Direct messages come to the first shard alone. */
  readonly hearsDirectMessages: boolean;
}

const id = z.string().regex(/^\d{1,20}$/);
const ready = z.object({
  user: z.object({ id }),
  application: z.object({ id }),
  guilds: z.array(z.object({ id })).default([]),
  // Which shard of how many; left out where there is one.
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
});

export function readReady(raw: unknown): Ready | null {
  const read = ready.safeParse(raw);
  if (!read.success) return null;
  const { user, application, guilds, shard } = read.data;
  return {
    applicationId: application.id,
    botUserId: user.id,
    guildIds: guilds.map((g) => g.id),
    hearsDirectMessages: shard[0] === 0,
  };
}
