/** The demo's world: people, places, the real bot as a process, and what may go wrong next. */
import { EventEmitter } from 'node:events';
import type { Bot } from '../life/bot.ts';
import { startWorld, type WorldOptions } from '../life/world.ts';
import type { Channel, Member } from '../sandbox/discord/discord.ts';
import type { Order } from '../sandbox/google/google.ts';

export type Stage = Awaited<ReturnType<typeof createStage>>;

export interface StagePlace {
  readonly channel: Channel;
  readonly about: string;
  /** The viewer has installed the bot for themselves, and it is no member there. */
  readonly userInstall: boolean;
}

/** What becomes of the next video. */
export const nexts = {
  made: 'is made',
  declined: 'is declined by the service',
  slow: 'takes a whole minute',
  lost: 'is paid, and the answer is lost',
  broken: 'arrives broken the first time',
} as const;
export type Next = keyof typeof nexts;

const SLOW_MS = 60_000;

export interface StageOptions extends WorldOptions {
  /** How long a video takes. Default 8 s. */
  readonly takesMs?: number;
}

export async function createStage(options: StageOptions = {}) {
  const takesMs = options.takesMs ?? 8_000;
  const declined = new WeakSet<Order>();
  let next: Next = 'made';
  const changes = new EventEmitter<{ change: [] }>();
  const changed = (): void => void changes.emit('change');

  const world = await startWorld({
    usuallyMs: takesMs,
    ...options,
    google: {
      takesMs: (order) => {
        const fate = next;
        next = 'made';
        if (fate === 'declined') declined.add(order);
        return fate === 'slow' ? SLOW_MS : takesMs;
      },
      decides: (order) =>
        declined.has(order) ? { refuse: 'I cannot make a video of this.' } : 'video',
      ...options.google,
    },
  });
  const { discord, google, server, channel, ann } = world;
  const ben = discord.createMember({ name: 'Ben' });
  const mia = discord.createMember({ name: 'Mia', admin: true });
  const lounge = server.createChannel({ name: 'lounge' });
  const elsewhere = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  const room = elsewhere.createChannel({ name: 'elsewhere' });
  server.join(ben, mia);
  elsewhere.join(ann, ben, mia);

  const people: readonly { readonly member: Member; readonly about: string }[] = [
    { member: ann, about: 'a member' },
    { member: ben, about: 'another member' },
    { member: mia, about: 'an admin of the bot' },
  ];
  const inServer = { about: '', userInstall: false };
  const placesOf = (viewer: Member): readonly StagePlace[] => [
    { channel, ...inServer },
    { channel: lounge, ...inServer },
    { channel: room, about: 'the bot is no member here', userInstall: true },
    { channel: viewer.dm, about: 'direct messages', userInstall: false },
  ];

  let bot: Bot | undefined;
  let isReady = false;
  let isServiceAway = false;
  const hasEnded = (): boolean =>
    bot === undefined || bot.process.exitCode !== null || bot.process.signalCode !== null;

  /** Starts the bot where it does not run, and waits until it takes commands. */
  async function startBot(): Promise<Bot> {
    if (bot !== undefined && !hasEnded()) return bot;
    const started = world.launchBot({ ADMIN_USER_IDS: mia.id });
    bot = started;
    isReady = false;
    started.process.stdout?.on('data', changed);
    void started.ended.then(changed);
    changed();
    await started.says((line) => line.msg === 'ready', 'that it is ready');
    isReady = true;
    changed();
    return started;
  }

  discord.on('change', changed);
  return {
    world,
    people,
    placesOf,
    startBot,
    on: changes.on.bind(changes),
    off: changes.off.bind(changes),
    changed,
    get bot() {
      return bot;
    },
    get botIs(): 'running' | 'starting' | 'ended' {
      if (hasEnded()) return 'ended';
      return isReady ? 'running' : 'starting';
    },
    async killBot(): Promise<void> {
      if (!hasEnded()) await bot?.kill();
    },
    get next(): Next {
      return next;
    },
    set next(fate: Next) {
      google.calm();
      next = fate;
      if (fate === 'lost') google.next('submit', 'reset-after');
      if (fate === 'broken') google.next('download', { corrupt: 'half' });
      changed();
    },
    get isServiceAway() {
      return isServiceAway;
    },
    async setServiceAway(away: boolean): Promise<void> {
      if (away === isServiceAway) return;
      isServiceAway = away;
      await (away ? google.down() : google.up());
      changed();
    },
    /** As after 15 minutes: no reply can be reached by its token any more. */
    expireTokens(): void {
      discord.expireTokens();
      changed();
    },
    close: world.close,
    [Symbol.asyncDispose]: world.close,
  };
}
