/** Buttons of every kind, each on a message that somebody sees, and the people who press them. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { customId, type Pressed } from '../../src/discord/text/customIds.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Model } from '../../src/jobs/model.ts';
import { bringTo, sampleReply, sampleRequest, sampleVideo } from '../jobs/samples.ts';
import type { Channel, Interaction, Member, Message } from '../sandbox/discord/discord.ts';
import { omni, running } from './running.ts';

type Kind = Pressed['kind'];

export const able: Model = {
  ...omni,
  resolutions: ['360p', '720p', '1080p'],
  prices: {
    perSecondMicroUsd: { '360p': 20_000, '720p': 70_000, '1080p': 100_000 },
    perMillionTokens: null,
  },
  can: {
    edit: { maxSeconds: 15 },
    extend: { seconds: [7], defaultSeconds: 7, contextSeconds: 10, maxTotalSeconds: 40 },
    upscale: { to: ['1080p'], maxSeconds: 15 },
  },
};
const asked = sampleRequest({
  ...{ modelId: able.id, modelName: able.name, can: able.can, prices: able.prices },
  ...{ priceMicroUsd: 560_000 },
});

export type Pressing = Awaited<ReturnType<typeof pressing>>;

export async function pressing(models: readonly Model[] = [able]) {
  let now = 0;
  /** Between two presses: more than a double click takes. */
  let passesMs = 60_000;
  const adminUserIds: string[] = [];
  const monotonic = () => {
    now += passesMs;
    return now;
  };
  const at = await running({ models, adminUserIds, options: { monotonic } });
  const another = at.sandbox.createServer({ name: 'another' });
  const elsewhere = another.createChannel({ name: 'films' });
  const people = {
    owner: at.ann,
    other: at.bob,
    admin: at.sandbox.createMember({ name: 'eve', in: at.server }),
    blocked: at.sandbox.createMember({ name: 'carl', in: at.server }),
    outsider: at.sandbox.createMember({ name: 'zoe', in: another }),
  };
  adminUserIds.push(people.admin.id);
  await at.settings.set('bot', 'blocked members', [people.blocked.id], people.admin.id, Date.now());
  let made = 0;

  /** A video of the owner's, in the state in which such a button stands under it. */
  async function videoFor(kind: Kind): Promise<Job> {
    made += 1;
    const id = `p${String(made).padStart(7, '0')}`;
    const requester = { userId: people.owner.id, locale: 'en-US' };
    const reply = sampleReply({ guildId: at.server.id, channelId: at.channel.id });
    const over = { id, requester, reply, origin: `interaction:${id}`, askedAt: Date.now() };
    const video = { ...sampleVideo, name: `${id}.mp4`, sizeBytes: 9 };
    await writeFile(join(at.folder, video.name), 'its bytes');
    const operation = { name: `v1_${id}`, submittedAt: Date.now() };
    const own = { video, operation, keptUntilAt: Date.now() + 86_400_000 };
    switch (kind) {
      case 'cancel':
        return bringTo(at.store, 'queued', { ...over, request: asked });
      case 'show':
      case 'smaller': {
        const ways = { smallerBytes: 5, link: false };
        return bringTo(at.store, 'undelivered', { ...over, request: asked }, { ...own, ways });
      }
      case 'full': {
        const request = { ...asked, resolution: '360p', draft: { full: '720p' } };
        return bringTo(at.store, 'delivered', { ...over, request }, own);
      }
      default:
        return bringTo(at.store, 'delivered', { ...over, request: asked }, own);
    }
  }

  /** The button's id, and the job that it is about, where there is one. */
  async function buttonFor(
    kind: Kind,
    modelId?: string,
  ): Promise<{ readonly id: string; readonly job: Job | null }> {
    switch (kind) {
      case 'start':
      case 'form': {
        const wish = { prompt: 'a cat on offer', ...(modelId !== undefined && { modelId }) };
        const draft = await at.actions.keep(wish, people.owner.id);
        return { id: customId(kind, draft.id), job: null };
      }
      case 'page':
        return { id: customId(kind, '0'), job: null };
      case 'jobs':
        return { id: customId(kind, '0-any-any-any'), job: null };
      case 'forget':
        return { id: customId(kind, 'ask'), job: null };
      case 'takedown': {
        const job = await videoFor(kind);
        const where = [at.server.id, at.channel.id, at.channel.messages.at(-1)?.id ?? '1'];
        return { id: customId(kind, [job.id, ...where].join('-')), job };
      }
      default: {
        const job = await videoFor(kind);
        const of =
          kind === 'deletenow' ? `${job.id}-${at.channel.messages.at(-1)?.id ?? 1}` : job.id;
        return { id: customId(kind, of), job };
      }
    }
  }

  /** Somebody's message in the place where they are, with this one button under it: "It". */
  async function showing(where: Channel, by: Member, id: string): Promise<Message> {
    const typed = await by.types('/veo', { prompt: 'a place for a button' }, { in: where });
    const message = await typed.reply();
    const isIt = ({ reply, state }: Job) => reply.interactionId === typed.id && state === 'queued';
    await at.show(await at.changed(isIt));
    await message.becomes(({ thinking }) => !thinking);
    const button = { type: 2, style: 2, label: 'It', custom_id: id };
    message.components = [{ type: 1, components: [button] }];
    return message;
  }

  return {
    ...{ at, people, elsewhere, buttonFor, showing },
    countOf: async (member: Member) => (await at.store.jobsOf(member.id, 0, 1_000)).length,
    /** From now on two presses are one double click. */
    standStill: () => {
      passesMs = 0;
    },
    stop: at.stop,
    [Symbol.asyncDispose]: at.stop,
  };
}

/** What the one who pressed reads alone, wherever it stands. */
export async function wordsFor(press: Interaction): Promise<string> {
  const { type } = await press.acknowledged;
  const words = type === 4 ? await press.reply() : await press.nextFollowUp();
  assert.ok(words.ephemeral);
  return words.content;
}
