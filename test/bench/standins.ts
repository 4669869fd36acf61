/**
 * Run with `fork`: both stand-ins in a process of their own, so that their work is not the
 * measuring process's, nor the bot's. `apart.ts` is the other end.
 */
import { type Discord, startDiscord } from '../sandbox/discord/discord.ts';
import { type Google, startGoogle } from '../sandbox/google/google.ts';

/** Jobs written into the database beforehand have operations with this in their names. */
export const WAITING = 'waiting-';
const PATIENCE_MS = 60_000;

export interface Plan {
  readonly takesMs?: number;
  readonly videoSizeBytes?: number;
  readonly resultsAs?: 'uri' | 'data';
  /** Each upload is answered so much later: as with a slow Discord, many are under way at once. */
  readonly uploadsTakeMs?: number;
}

export interface Made {
  /** `Date.now()` when the message had its file. */
  readonly postedAt: number;
  /** Of the file at the video service. */
  readonly fileId: string;
}

let discord: Discord;
let google: Google;
let asker: Awaited<ReturnType<typeof settle>>;

function settle(from: Discord) {
  const server = from.createServer({ name: 'Bench' });
  const channel = server.createChannel({ name: 'videos' });
  const ann = from.createMember({ name: 'Ann' });
  server.join(ann);
  return { channel, ann };
}

const calls = {
  async start(plan: Plan) {
    const { uploadsTakeMs, ...more } = plan;
    discord = await startDiscord({ rateLimits: false, validate: false });
    google = await startGoogle(more);
    asker = settle(discord);
    // What a plain bot, which registers nothing, is asked by.
    discord.leaveCommands([
      { name: 'veo', description: 'a video', options: [{ type: 3, name: 'prompt' }] },
    ]);
    google.next(
      'poll',
      { status: 200, body: { object: 'interaction', status: 'in_progress', steps: [] } },
      { times: Number.POSITIVE_INFINITY, where: ({ path }) => path.includes(WAITING) },
    );
    if (uploadsTakeMs !== undefined) {
      discord.fault({
        on: 'any',
        when: 'after',
        answer: { delayMs: uploadsTakeMs },
        where: ({ files }) => files.length > 0,
      });
    }
    const { apiUrl, botToken } = discord;
    return { apiUrl, botToken, googleUrl: google.url, channelId: asker.channel.id };
  },

  /** So many commands at once; ms from each to its acknowledgement. */
  async burst(count: number): Promise<number[]> {
    const { ann, channel } = asker;
    const asked: ReturnType<typeof ann.types>[] = [];
    for (let i = 0; i < count; i++) {
      asked.push(ann.types('/veo', { prompt: `a cat with yarn, take ${i}` }, { in: channel }));
    }
    const acknowledged = (await Promise.all(asked)).map(({ acknowledged }) => acknowledged);
    return (await Promise.all(acknowledged)).map((one) => one.ms);
  },

  /** So many commands at once; resolves when each reply has its video. */
  async makeVideos(count: number): Promise<Made[]> {
    const { ann, channel } = asker;
    const before = google.operations.length;
    const made = Array.from({ length: count }, async () => {
      const asked = await ann.types('/veo', { prompt: 'a cat with yarn' }, { in: channel });
      const reply = await asked.reply(PATIENCE_MS);
      await reply.becomes(({ attachments }) => attachments.length > 0, PATIENCE_MS);
      return reply.edits.find(({ filenames }) => filenames.length > 0)?.at ?? 0;
    });
    const posted = await Promise.all(made);
    const fileIds = google.operations.slice(before).map(({ fileId }) => fileId ?? '');
    return posted.map((postedAt, i) => ({ postedAt, fileId: fileIds[i] ?? '' }));
  },

  /** So many commands, so many of them at a time; resolves when each reply has its video. */
  async makeMany(count: number, atOnce: number): Promise<void> {
    let left = count;
    const askAgain = async (): Promise<void> => {
      while (left-- > 0) await calls.makeVideos(1);
    };
    await Promise.all(Array.from({ length: atOnce }, askAgain));
  },

  /** `Date.now()` of each look at an operation, answered or not. */
  looks: async () => google.requests.filter(({ kind }) => kind === 'poll').map(({ at }) => at),
  /** `Date.now()` of each identify on the gateway. */
  identifies: async () => discord.gateway.identifies.map(({ at }) => at),
  connected: async () => discord.connected(PATIENCE_MS),
  stop: async () => {
    await Promise.all([discord.stop(), google.stop()]);
  },
};

export type Calls = typeof calls;

export interface Call<K extends keyof Calls = keyof Calls> {
  readonly id: number;
  readonly name: K;
  readonly args: Parameters<Calls[K]>;
}
export type Answered =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

process.on('message', async ({ id, name, args }: Call) => {
  const run = calls[name] as (...args: readonly unknown[]) => Promise<unknown>;
  const answer = await run(...args).then(
    (value): Answered => ({ id, value }),
    (error: unknown): Answered => ({ id, error: String(error) }),
  );
  process.send?.(answer);
  if (name === 'stop') process.disconnect();
});

// Its parent is gone.
process.on('disconnect', () => process.exit());
