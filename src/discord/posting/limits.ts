/**
 * How large a file a place accepts, learned from refusals. What Discord announces has been seen
 * wrong in both directions, so it decides nothing: it only tells whether a place looks as it did
 * when it refused.
 */
import { z } from 'zod';
import type { Reply, Video } from '../../jobs/job.ts';

/** The store's small facts. */
export interface Memory {
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
}

export interface Limits {
  /** Whether a file of this size was refused here before. */
  refuses(place: Place, video: Video): Promise<boolean>;
  learn(place: Place, video: Video): Promise<void>;
  /** What is likely to be accepted where so much is refused; null: nothing that is worth a try. */
  likely(place: Place, refusedBytes: number): number | null;
}

export interface Place {
  readonly key: string;
  /** Nothing is announced for what the bot posts without an interaction. */
  readonly announcedBytes: number;
}

const MIB = 1024 * 1024;
/**
 * What Discord accepts or has accepted as a rule, the largest first: for a server by its level, for
 * everybody now, and before. Source: its documentation and help pages, 2026-08.
 */
const STEPS_BYTES = [100, 50, 25, 10, 8].map((mib) => mib * MIB);
/** Whatever else is sent with a file may be counted too. */
const SPARE_BYTES = 64 * 1024;

/** Boosts come and go, and Discord moves its limits: one upload a week may fail to notice. */
const BELIEVED_FOR_MS = 7 * 24 * 3_600_000;

const learned = z.object({
  refusedBytes: z.number(),
  announcedBytes: z.number(),
  at: z.number(),
});

/** The limit is a server's; elsewhere a channel's. */
export function placeOf(reply: Reply, by: 'token' | 'bot'): Place {
  const of = reply.place === 'server' ? (reply.guildId ?? reply.channelId) : reply.channelId;
  return {
    key: `limit:${of}`,
    announcedBytes: by === 'token' ? (reply.announcedLimitBytes ?? 0) : 0,
  };
}

export function placeOfChannel(channelId: string): Place {
  return { key: `limit:${channelId}`, announcedBytes: 0 };
}

export function createLimits(memory: Memory, now: () => number): Limits {
  async function known(key: string): Promise<z.infer<typeof learned> | null> {
    const text = await memory.recall(key);
    if (text === null) return null;
    const read = learned.safeParse(parse(text));
    return read.success && now() - read.data.at < BELIEVED_FOR_MS ? read.data : null;
  }

  return {
    async refuses(place, video) {
      const before = await known(place.key);
      if (before === null || place.announcedBytes > before.announcedBytes) return false;
      return video.sizeBytes >= before.refusedBytes;
    },
    async learn(place, video) {
      const before = await known(place.key);
      const refusedBytes = Math.min(video.sizeBytes, before?.refusedBytes ?? video.sizeBytes);
      const announcedBytes = Math.max(place.announcedBytes, before?.announcedBytes ?? 0);
      await memory.remember(place.key, JSON.stringify({ refusedBytes, announcedBytes, at: now() }));
    },
    likely(place, refusedBytes) {
      // Where less is announced than was refused, that is the better guess.
      const steps = [place.announcedBytes, ...STEPS_BYTES]
        .map((bytes) => bytes - SPARE_BYTES)
        .filter((bytes) => bytes > 0 && bytes < refusedBytes);
      return steps[0] ?? null;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
