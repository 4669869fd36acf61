/**
 * Delete: takes a video out of its message, which stays with words, so that what was charged stays
 * said. Asked once more, privately. The job is left as it is: the member's own list still has it.
 */
import { ButtonStyle, ComponentType, Routes } from 'discord.js';
import type { Actions } from '../jobs/actions.ts';
import type { Job, Reply } from '../jobs/job.ts';
import { byTokenAlone } from '../jobs/unseen.ts';
import { sortFailure } from './connection/errors.ts';
import type { DiscordRest } from './connection/rest.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import type { Press } from './incoming/interaction.ts';
import type { ObserveDiscord } from './observe.ts';
import { originalRoute } from './posting/readback.ts';
import { customId } from './text/customIds.ts';
import { deleted, deletedMessage, reallyDelete } from './text/deleting.ts';
import { pingNobody } from './text/job.ts';
import { wordsOf } from './text/words.ts';

export interface DeletingParts extends Pick<HandlerParts, 'answers' | 'adminUserIds'> {
  readonly actions: Pick<Actions, 'changesOf' | 'dropLinks' | 'takenDown'>;
  readonly rest: DiscordRest;
  readonly observe: ObserveDiscord;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}

export interface Deleting {
  ask(press: Press, jobId: string): Promise<void>;
  /** @param where the id of the message to be emptied */
  now(press: Press, where: string): Promise<void>;
}

type Emptied = 'done' | 'archived' | 'not reached';

/** Nothing in an archived thread can be changed, by nobody, until somebody writes in it. */
const THREAD_ARCHIVED = 50083;
/** Of an interaction's token. */
const TOKEN_LIVES_MS = 14 * 60_000;

export function createDeleting(parts: DeletingParts): Deleting {
  const { actions, answers, adminUserIds, rest, observe, monotonic, signal } = parts;
  /** The messages that a press on Delete was made on, with its token. Lost with the process. */
  const asked = new Map<string, { readonly message: Press['message']; readonly at: number }>();

  async function mine(press: Press, jobId: string): Promise<Job | string> {
    const job = (await actions.changesOf(jobId))?.job;
    if (job === undefined) return wordsOf(press).answer.noSuchVideo;
    const { userId, isAdmin } = actorOf(press.requester, adminUserIds);
    return isAdmin || job.requester.userId === userId
      ? job
      : wordsOf(press).answer.notYoursToDelete;
  }

  function notEmptied(error: unknown): Emptied {
    const failure = sortFailure(error);
    observe({ kind: 'not answered', what: 'delete', how: failure.how });
    const isArchived = failure.kind === 'refused' && failure.code === THREAD_ARCHIVED;
    return isArchived ? 'archived' : 'not reached';
  }

  async function empty(message: Press['message'], job: Job, byAdmin: boolean): Promise<Emptied> {
    const body = { ...deletedMessage(job, byAdmin), attachments: [] };
    const route = originalRoute(message);
    try {
      await rest.ordinary.patch(route, { auth: false, body, signal });
      return 'done';
    } catch (error) {
      return notEmptied(error);
    }
  }

  return {
    async ask(press, jobId) {
      const job = await mine(press, jobId);
      if (typeof job === 'string') return answers.privately(press, job);
      // Taken on its own message, so that this press's token reaches it.
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      const now = monotonic();
      for (const [key, { at }] of asked) {
        if (now - at <= TOKEN_LIVES_MS) break; // in order of time
        asked.delete(key);
      }
      asked.delete(press.message.messageId);
      asked.set(press.message.messageId, { message: press.message, at: now });
      await answers.privatelyAfterwards(press, {
        content: reallyDelete(job, wordsOf(press)),
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Danger,
                label: wordsOf(press).button.deleteNow,
                custom_id: customId('deletenow', `${jobId}-${press.message.messageId}`),
              },
            ],
          },
        ],
      });
    },

    async now(press, where) {
      const [jobId = '', messageId = ''] = where.split('-');
      const job = await mine(press, jobId);
      if (typeof job === 'string') return answers.privately(press, job);
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      const byAdmin = job.requester.userId !== press.requester.userId;
      const remembered = asked.get(messageId)?.message;
      let emptied: Emptied =
        remembered === undefined ? 'not reached' : await empty(remembered, job, byAdmin);
      if (emptied === 'not reached') {
        emptied = await emptyByBot({ ...press.message, ephemeral: false }, messageId, job, byAdmin);
      }
      if (emptied === 'done') {
        asked.delete(messageId);
        // Who was given one may not watch what is deleted.
        await actions.dropLinks(jobId);
        if (byAdmin) await actions.takenDown(jobId, null);
      }
      const words = wordsOf(press);
      if (emptied === 'archived') {
        // The question stays, to be answered again: it cannot be changed there either.
        const again = words.deleting.archived(words.button.deleteNow);
        return answers.privatelyAfterwards(press, again);
      }
      const isDone = emptied === 'done';
      await answers.updateItsMessage(press, {
        content: isDone ? deleted(job, words) : words.deleting.notDone(words.button.delete),
        components: [],
        allowed_mentions: pingNobody,
      });
    },
  };

  async function emptyByBot(
    at: Pick<Reply, 'place' | 'channelId' | 'ephemeral'>,
    messageId: string,
    job: Job,
    byAdmin: boolean,
  ): Promise<Emptied> {
    if (byTokenAlone(at)) return 'not reached';
    const body = { ...deletedMessage(job, byAdmin), attachments: [] };
    try {
      await rest.ordinary.patch(Routes.channelMessage(at.channelId, messageId), { body, signal });
      return 'done';
    } catch (error) {
      return notEmptied(error);
    }
  }
}
