/** `/videos` and the buttons of its list: what a member has, page by page, and a video shown again. */
import type { ShowAgainResult } from '../jobs/actions.ts';
import { actorOf, type CommandHandler, type HandlerParts } from './handlers.ts';
import type { Interaction, Press } from './incoming/interaction.ts';
import type { PostCopy } from './posting/copies.ts';
import { nothingToShow } from './text/answers.ts';
import { type MessageBody, noCopyMessage } from './text/job.ts';
import { videosMessage } from './text/videos.ts';
import { wordsFor, wordsOf } from './text/words.ts';

export interface VideosParts extends HandlerParts {
  readonly postCopy: PostCopy;
  readonly privacyUrl: string | null;
  /** Whether a link to a kept video can be had. */
  readonly hasLinks: boolean;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  /** Ends copies that are on their way when the process stops. */
  readonly signal: AbortSignal;
}

export interface Videos {
  readonly command: CommandHandler;
  turnTo(press: Press, page: number): Promise<void>;
  show(press: Press, id: string): Promise<void>;
}

/** Two presses of one member on one button within this time are one. */
const DOUBLE_CLICK_MS = 2_000;

export function createVideos(parts: VideosParts): Videos {
  const { actions, answers, adminUserIds, postCopy, privacyUrl, hasLinks, monotonic, signal } =
    parts;
  const pressedAt = new Map<string, number>();

  async function list({ requester, reply }: Interaction, page: number): Promise<MessageBody> {
    const { userId } = requester;
    const [mine, allowances] = await Promise.all([
      actions.mine(userId, page),
      actions.allowances(actorOf(requester, adminUserIds), reply),
    ]);
    return videosMessage(mine, allowances, wordsFor(requester.locale), privacyUrl);
  }

  function isDoubleClick(press: Press, id: string): boolean {
    const now = monotonic();
    for (const [key, at] of pressedAt) {
      if (now - at <= DOUBLE_CLICK_MS) break; // in order of time
      pressedAt.delete(key);
    }
    const key = `${press.requester.userId} ${press.message.messageId} ${id}`;
    if (pressedAt.has(key)) return true;
    pressedAt.set(key, now);
    return false;
  }

  async function say(press: Press, result: ShowAgainResult): Promise<void> {
    switch (result.kind) {
      case 'delivering':
      case 'not acknowledged':
        return;
      case 'copy': {
        const copied = await postCopy(result.job, result.reply, signal);
        if (copied === 'posted') return;
        return answers.updateItsMessage(press, noCopyMessage(result.job, copied, hasLinks));
      }
      case 'on its way':
        // Where another press was faster, this one may have been answered already.
        return answers.privatelyInAnyCase(press, wordsOf(press).answer.onItsWay);
      case 'still being made':
        return answers.privately(press, wordsOf(press).answer.stillInTheMaking);
      case 'nothing to show':
        return answers.privately(press, nothingToShow(result.job, wordsOf(press)));
      case 'file gone':
        return answers.privately(press, wordsOf(press).answer.noLongerKept);
      case 'not yours':
        return answers.privately(press, wordsOf(press).answer.notYoursToShow);
      case 'no such job':
        return answers.privately(press, wordsOf(press).answer.noSuchVideo);
      default:
        return result satisfies never;
    }
  }

  return {
    command: async (command) => answers.privately(command, await list(command, 0)),

    async turnTo(press, page) {
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      await answers.updateItsMessage(press, await list(press, page));
    },

    async show(press, id) {
      if (isDoubleClick(press, id)) {
        await answers.takeOnItsMessage(press);
        return;
      }
      const actor = actorOf(press.requester, adminUserIds);
      const take = (seenByOne: boolean) => answers.takeWithNewMessage(press, undefined, seenByOne);
      await say(press, await actions.showAgain(id, actor, press.reply, take));
    },
  };
}
