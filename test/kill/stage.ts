/** One kill point's own place: people, a channel, a data folder; the bot may come and go. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { State } from '../../src/jobs/job.ts';
import { Bot } from '../life/bot.ts';
import type { World } from '../life/world.ts';
import type { Channel, Interaction, Member, Message } from '../sandbox/discord/discord.ts';
import { StandInFfmpeg } from '../sandbox/ffmpeg/ffmpeg.ts';
import type { Operation, Payment } from '../sandbox/google/google.ts';

export type Place = 'server' | 'direct message' | 'user install';

/** As the real one is started, or a variant of it. */
export const programs = {
  bot: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  killed: fileURLToPath(new URL('./main.ts', import.meta.url)),
  planted: fileURLToPath(new URL('./planted.ts', import.meta.url)),
} as const;

/** Compiled code is kept between starts, which halves the time to one. */
const compiled = fileURLToPath(new URL('../../.cache/kill', import.meta.url));
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 15;
const HOUR_MS = 3_600_000;

/** How one job stands in the database, whoever has it open. */
export interface Row {
  readonly state: State;
  /** Nothing more happens by itself, and its last picture is out. */
  readonly over: boolean;
}

export class Stage {
  readonly world: World;
  readonly place: Place;
  readonly member: Member;
  readonly channel: Channel;
  readonly prompt: string;
  readonly dataDir: string;
  /** What this one's bots are told besides. */
  readonly env: Record<string, string> = {};
  readonly bots: Bot[] = [];
  /** What the member did so far, kept while processes come and go. */
  command: Interaction | null = null;
  wrote = false;
  readonly presses: Interaction[] = [];
  tokensExpired = false;

  private constructor(world: World, place: Place, dataDir: string, name: string) {
    this.world = world;
    this.place = place;
    this.dataDir = dataDir;
    this.prompt = `a fox in the snow, ${name}`;
    const { discord } = world;
    this.member = discord.createMember({ name: 'Ann' });
    if (place === 'direct message') {
      this.channel = this.member.dm;
    } else {
      const away = place === 'user install';
      const server = away
        ? discord.createServer({ name: 'Elsewhere', botIsMember: false })
        : world.server;
      server.join(this.member);
      this.channel = server.createChannel({ name: 'videos' });
    }
  }

  static async open(world: World, place: Place, name: string): Promise<Stage> {
    const dataDir = await mkdtemp(join(world.dataDir, 'point-'));
    return new Stage(world, place, dataDir, name);
  }

  async bringFfmpeg(): Promise<void> {
    const folder = await mkdtemp(join(this.world.dataDir, 'ffmpeg-'));
    this.env.FFMPEG_PATH = new StandInFfmpeg(folder, 'takes its time').path;
  }

  /** The process that runs now, or the last one. */
  get bot(): Bot {
    const bot = this.bots.at(-1);
    if (bot === undefined) throw new Error('no bot was started');
    return bot;
  }

  /** Starts a program on this data folder; null when it died before it took commands. */
  async start(program: string, env: Readonly<Record<string, string>> = {}): Promise<Bot | null> {
    const bot = new Bot(program, {
      ...this.world.env,
      DATA_DIR: this.dataDir,
      ...this.env,
      LOG_LEVEL: 'info',
      NODE_COMPILE_CACHE: compiled,
      ...env,
    });
    this.bots.push(bot);
    const ready = bot.says((line) => line.msg === 'ready', 'that it is ready');
    const died = bot.ended.then(({ signal }) => signal === 'SIGKILL');
    ready.catch(() => {});
    if (await Promise.race([died, ready.then(() => false)])) return null;
    await ready;
    return bot;
  }

  /** Resolves when the process died, or when every job is over. @throws when neither happens */
  async over(): Promise<void> {
    await this.until(() => false);
  }

  /** Whether it came to be so, before the process died and before every job was over. */
  until(is: () => boolean): Promise<boolean> {
    return this.wait(is, () => this.isOver());
  }

  /** Whether it came to be so before the process died, however the jobs stand. */
  untilDead(is: () => boolean): Promise<boolean> {
    return this.wait(is, () => false);
  }

  private async wait(is: () => boolean, isOver: () => boolean): Promise<boolean> {
    const { bot } = this;
    let died = false;
    void bot.ended.then(() => {
      died = true;
    });
    const limit = performance.now() + PATIENCE_MS;
    for (;;) {
      if (is()) return true;
      if (died || isOver()) return false;
      if (performance.now() > limit) {
        const rows = JSON.stringify(this.rows());
        throw new Error(`it never ends: ${rows}\n${this.describe()}\n${bot.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  private isOver(): boolean {
    const rows = this.rows();
    // The first process is over only with a job; later ones may find that there is none.
    if (rows.length === 0 && this.bots.length === 1) return false;
    return rows.every(({ over }) => over);
  }

  rows(): Row[] {
    const db = new Database(join(this.dataDir, 'bot.db'), { readonly: true });
    try {
      return db
        .prepare<[number], Row>(
          // A video that is kept has a time when it goes, weeks away.
          `SELECT state, shown_last = 1 AND coalesce(due_at > ?, 1) AS over FROM jobs ORDER BY seq`,
        )
        .all(Date.now() + HOUR_MS)
        .map(({ state, over }) => ({ state, over: Boolean(over) }));
    } finally {
      db.close();
    }
  }

  /** What everybody or the member alone sees of the bot, answers to presses left out. */
  get messages(): Message[] {
    const answers = new Set(
      [this.command, ...this.presses].flatMap((interaction) => interaction?.followUps ?? []),
    );
    const places = new Set([this.channel, this.member.dm]);
    return [...places]
      .flatMap(({ messages, privateMessages }) => [...messages, ...privateMessages])
      .filter((message) => message.author.bot && !answers.has(message));
  }

  /** The job's one message, as far as it is there. */
  get reply(): Message | null {
    if (this.place !== 'direct message') return this.command?.original ?? null;
    return this.channel.messages.find((message) => message.author.bot) ?? null;
  }

  get paid(): Payment[] {
    return this.world.google.paid.filter(({ prompt }) => prompt === this.prompt);
  }

  get operation(): Operation | undefined {
    return this.world.google.operations.find(({ prompt }) => prompt === this.prompt);
  }

  describe(): string {
    const messages = this.messages.map((message) => message.describe()).join('\n');
    return `${messages || 'no message'}\npaid calls: ${this.paid.length}`;
  }

  async close(): Promise<void> {
    await Promise.all(this.bots.map((bot) => bot.kill()));
  }
}
