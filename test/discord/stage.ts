/** A Discord stand-in with a server, a member and a bot's outgoing side; all closed with the test. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Routes } from 'discord.js';
import { createRest } from '../../src/discord/connection/rest.ts';
import { createReplies, type RepliesParts } from '../../src/discord/posting/replies.ts';
import type { JobIn, Reply, Rung, Video } from '../../src/jobs/job.ts';
import { sampleJob, sampleVideo } from '../jobs/samples.ts';
import {
  type Channel,
  type DiscordPlan,
  type Interaction,
  type Message,
  startDiscord,
} from '../sandbox/discord/discord.ts';

const veo = {
  name: 'veo',
  description: 'Makes a video',
  integration_types: [0, 1],
  contexts: [0, 1, 2],
  options: [{ type: 3, name: 'prompt', description: 'What to show', required: true }],
};

export interface StagePlan extends DiscordPlan {
  readonly uploads?: RepliesParts['uploads'];
  readonly botIsMember?: boolean;
}

export type Stage = Awaited<ReturnType<typeof setStage>>;

export async function setStage(t: TestContext, plan: StagePlan = {}) {
  const discord = await startDiscord(plan);
  const directory = await mkdtemp(join(tmpdir(), 'replies-'));
  const rest = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
  t.after(async () => {
    rest.close();
    await discord.stop();
    await rm(directory, { recursive: true });
  });
  await rest.ordinary.put(Routes.applicationCommands(discord.applicationId), { body: [veo] });
  const server = discord.createServer({ name: 'Home', botIsMember: plan.botIsMember ?? true });
  const channel = server.createChannel({ name: 'videos' });
  const ann = discord.createMember({ name: 'Ann', in: server });
  const facts = new Map<string, string>();
  let time = Date.UTC(2026, 10, 10);
  const replies = createReplies({
    rest,
    files: { path: (video) => join(directory, video.name) },
    memory: {
      recall: async (key) => facts.get(key) ?? null,
      remember: async (key, value) => void facts.set(key, value),
    },
    now: () => time,
    ...(plan.uploads === undefined ? {} : { uploads: plan.uploads }),
  });
  const never = new AbortController().signal;

  async function ask(where: Channel = channel, userInstall = false) {
    const interaction = await ann.types('/veo', { prompt: 'a cat' }, { in: where, userInstall });
    return { interaction, reply: replyOf(interaction) };
  }

  function replyOf(interaction: Interaction): Reply {
    const { in: where, owners } = interaction;
    return {
      interactionId: interaction.id,
      applicationId: discord.applicationId,
      token: interaction.token,
      tokenDead: false,
      place: !('0' in owners) ? 'elsewhere' : where.kind === 'dm' ? 'dm' : 'server',
      guildId: where.server?.id ?? null,
      channelId: where.id,
      messageId: null,
      ephemeral: false,
      announcedLimitBytes: where.announcesBytes,
    };
  }

  /** A command of Ann's, acknowledged, with a finished video that waits to be posted. */
  async function finished(where: Channel = channel, more: { userInstall?: boolean } = {}) {
    const { interaction, reply } = await ask(where, more.userInstall);
    await rest.deliveries.post(Routes.interactionCallback(interaction.id, interaction.token), {
      auth: false,
      body: { type: 5 },
    });
    const message = interaction.original;
    if (message === undefined) throw new Error('the command has no reply');
    const job = sampleJob('delivering', {
      reply: { ...reply, messageId: message.id, ephemeral: message.ephemeral },
      requester: { userId: ann.id, locale: 'en-US' },
      video: await keepVideo(200_000),
    });
    return { job, message, interaction };
  }

  async function keepVideo(sizeBytes: number): Promise<Video> {
    const name = `${randomBytes(4).toString('hex')}.mp4`;
    await writeFile(join(directory, name), randomBytes(sizeBytes));
    return { ...sampleVideo, name, sizeBytes };
  }

  /** Every video that anybody can see, wherever it was posted. */
  function videosIn(...channels: Channel[]) {
    const places = channels.length > 0 ? channels : [channel, ann.dm];
    return places
      .flatMap((place) => [...place.messages, ...place.privateMessages])
      .filter((message) => message.author.bot)
      .flatMap((message) => message.attachments);
  }

  const asked = (method: string, route: RegExp) =>
    discord.journal.filter((entry) => entry.method === method && route.test(entry.route));

  return {
    ...{ discord, rest, replies, server, channel, ann, facts, never, directory },
    ...{ ask, finished, keepVideo, videosIn, asked, replyOf },
    wait: (ms: number) => {
      time += ms;
    },
  };
}

type Delivering = JobIn<'delivering'>;

export function onRung(job: Delivering, rung: Rung, more: Partial<Delivering> = {}): Delivering {
  return { ...job, rung, ...more };
}

export function dead(job: Delivering): Delivering['reply'] {
  return { ...job.reply, tokenDead: true };
}

export async function stageWithJob(t: TestContext, plan: Parameters<typeof setStage>[1] = {}) {
  const stage = await setStage(t, plan);
  return { ...stage, ...(await stage.finished()) };
}

export function isWellFormed(stage: Stage): void {
  assert.deepEqual(stage.discord.violations, []);
}

export function hasOnlyItsVideo(message: Message, job: Delivering): void {
  assert.deepEqual(
    message.attachments.map(({ filename, sizeBytes, contentType }) => [
      filename,
      sizeBytes,
      contentType,
    ]),
    [[job.video.name, job.video.sizeBytes, 'video/mp4']],
  );
}
