/** Presses. Anybody who sees a button can press it, at any time: who may is asked in `actions`. */
import type { RunAgainResult } from '../jobs/actions.ts';
import type { Job } from '../jobs/job.ts';
import { isEnded } from '../jobs/states.ts';
import { isInReply } from '../jobs/steps/deliver.ts';
import { byTokenAlone } from '../jobs/unseen.ts';
import type { JobPages } from './admins/jobPages.ts';
import type { Reports } from './admins/reporting.ts';
import type { Deleting } from './deleting.ts';
import type { ForgettingButtons } from './forgetting.ts';
import type { Forms } from './forms.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import type { Press } from './incoming/interaction.ts';
import { linkAnswer, nothingToShow, stopping, tooLateToCancel } from './text/answers.ts';
import { parseCustomId } from './text/customIds.ts';
import { jobMessage } from './text/job.ts';
import { wordsOf } from './text/words.ts';
import type { Videos } from './videos.ts';
import { placeOf, type WaysOut } from './waysOut.ts';

/** Two presses of one member within this time are one: a double click, not a second video. */
const DOUBLE_CLICK_MS = 2_000;

export interface ButtonParts extends HandlerParts {
  readonly forms: Forms;
  readonly deleting: Deleting;
  readonly forgetting: ForgettingButtons;
  readonly waysOut: WaysOut;
  readonly videos: Pick<Videos, 'show' | 'turnTo'>;
  readonly jobPages: JobPages;
  readonly reports: Pick<Reports, 'takeDown'>;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
}

export function createButtons(parts: ButtonParts): (press: Press) => Promise<void> {
  const { actions, answers, adminUserIds, videos } = parts;
  const originOf = createOrigins(parts.monotonic);

  return async (press) => {
    const pressed = parseCustomId(press.customId);
    if (pressed === null) return answers.privately(press, wordsOf(press).answer.oldButton);
    switch (pressed.kind) {
      case 'cancel':
        return cancel(press, pressed.id);
      case 'again':
        return runAgain(press, pressed.id);
      case 'show':
        return show(press, pressed.id);
      case 'start':
        return start(press, pressed.id);
      case 'change':
        return parts.forms.openOfJob(press, pressed.id);
      case 'form':
        return parts.forms.openOfDraft(press, pressed.id);
      case 'extend':
      case 'upscale':
      case 'full':
        return make(press, pressed.kind, pressed.id);
      case 'delete':
        return parts.deleting.ask(press, pressed.id);
      case 'deletenow':
        return parts.deleting.now(press, pressed.id);
      case 'forget':
        return pressed.id === 'now' ? parts.forgetting.now(press) : parts.forgetting.ask(press);
      case 'smaller':
        return makeSmaller(press, pressed.id);
      case 'link':
        return link(press, pressed.id);
      case 'video':
        return videos.show(press, pressed.id);
      case 'page':
        return videos.turnTo(press, Number(pressed.id));
      case 'jobs':
        return parts.jobPages.turnTo(press, pressed.id);
      case 'takedown':
        return parts.reports.takeDown(press, pressed.id);
      default:
        return pressed satisfies never;
    }
  };

  async function cancel(press: Press, id: string): Promise<void> {
    const taken = await answers.takeOnItsMessage(press);
    // Even where Discord did not take the answer in time: who pressed wants to stop paying.
    const result = await actions.cancel(id, actor(press));
    if (taken.kind === 'not ours') return;
    switch (result.kind) {
      case 'cancelled':
        return answers.updateItsMessage(press, jobMessage(result.job));
      case 'stopping':
        await handOverToken(press, result.job);
        return answers.privatelyAfterwards(press, stopping(result.job, wordsOf(press)));
      case 'too late':
        await showEnd(press, result.job);
        return answers.privatelyAfterwards(press, tooLateToCancel(result.job, wordsOf(press)));
      case 'not yours':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.notYoursToCancel);
      case 'no such job':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noSuchVideo);
      default:
        return result satisfies never;
    }
  }

  /** Where nothing but a press reaches the message, it shows what was, till now. */
  async function showEnd(press: Press, job: Job): Promise<void> {
    if (hasEndedElsewhere(job)) await answers.updateItsMessage(press, jobMessage(job));
  }

  /** Where only a token reaches the message, this press is the way to show how it ends. */
  async function handOverToken(press: Press, job: Job): Promise<void> {
    if (!byTokenAlone(press.message) || isEnded(job)) return;
    await actions.showResult(job.id, actor(press), press.message);
  }

  async function show(press: Press, id: string): Promise<void> {
    // Taken first: before that, the token would edit nothing.
    const taken = await answers.takeOnItsMessage(press);
    if (taken.kind === 'not ours') return;
    const result = await actions.showResult(id, actor(press), press.message);
    switch (result.kind) {
      case 'delivering':
        return;
      case 'still being made':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.stillBeingMade);
      case 'nothing to show':
        await showEnd(press, result.job);
        return answers.privatelyAfterwards(press, nothingToShow(result.job, wordsOf(press)));
      case 'file gone':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noLongerKept);
      case 'for its member alone':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.forItsMemberAlone);
      case 'not yours':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.notYoursToShow);
      case 'no such job':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noSuchVideo);
      default:
        return result satisfies never;
    }
  }

  async function makeSmaller(press: Press, id: string): Promise<void> {
    const taken = await answers.takeOnItsMessage(press);
    if (taken.kind === 'not ours') return;
    const result = await actions.makeSmaller(id, actor(press), press.message);
    switch (result.kind) {
      case 'under way':
        return;
      case 'on its way':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.onItsWay);
      case 'cannot':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noSmaller);
      case 'file gone':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noLongerKept);
      case 'not yours':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.notYoursToShrink);
      case 'no such job':
        return answers.privatelyAfterwards(press, wordsOf(press).answer.noSuchVideo);
      default:
        return result satisfies never;
    }
  }

  async function link(press: Press, id: string): Promise<void> {
    const result = await actions.linkTo(id, actor(press));
    switch (result.kind) {
      case 'link':
        return answers.privately(press, linkAnswer(result.url, result.untilAt, wordsOf(press)));
      case 'on its way':
        return answers.privately(press, wordsOf(press).answer.onItsWay);
      case 'no links':
        return answers.privately(press, wordsOf(press).answer.noLinks);
      case 'file gone':
        return answers.privately(press, wordsOf(press).answer.noLongerKept);
      case 'not yours':
        return answers.privately(press, wordsOf(press).answer.notYoursToLink);
      case 'no such job':
        return answers.privately(press, wordsOf(press).answer.noSuchVideo);
      default:
        return result satisfies never;
    }
  }

  async function runAgain(press: Press, id: string): Promise<void> {
    const { requester, reply } = press;
    const origin = originOf(press, id);
    const result = await actions.runAgain(id, origin, requester, reply, (job) =>
      answers.takeWithNewMessage(press, job),
    );
    if (result.kind === 'no such job')
      return answers.privately(press, wordsOf(press).answer.noSuchVideo);
    return say(press, result);
  }

  async function make(
    press: Press,
    what: 'extend' | 'upscale' | 'full',
    id: string,
  ): Promise<void> {
    const { requester, reply } = press;
    const origin = originOf(press, `${what} ${id}`);
    const result = await actions.make(id, what, origin, requester, reply, (job) =>
      answers.takeWithNewMessage(press, job),
    );
    if (result.kind === 'no such job')
      return answers.privately(press, wordsOf(press).answer.noSuchVideo);
    return say(press, result);
  }

  async function start(press: Press, draftId: string): Promise<void> {
    const { requester, message, reply } = press;
    // An offer that only one person sees stays where it is: the video is for the place.
    const isPrivate = message.ephemeral;
    const result = await actions.startDraft(
      draftId,
      requester,
      isPrivate ? reply : message,
      (job) =>
        isPrivate ? answers.takeWithNewMessage(press, job) : answers.takeOnItsMessage(press, job),
    );
    if (result.kind === 'not yours')
      return answers.privately(press, wordsOf(press).answer.notYoursToStart);
    if (result.kind === 'no such draft')
      return answers.privately(press, wordsOf(press).answer.noSuchDraft);
    // Its video has a message of its own, so this one would say nothing.
    if (result.kind === 'known' && isPrivate)
      return answers.privately(press, wordsOf(press).answer.startedBefore);
    return say(press, result);
  }

  async function say(
    press: Press,
    result: Exclude<RunAgainResult, { kind: 'no such job' }>,
  ): Promise<void> {
    switch (result.kind) {
      case 'asked':
      case 'not acknowledged':
        return;
      case 'known':
        // The second click of two: its video is on its way, but this click wants an answer too.
        await answers.takeOnItsMessage(press);
        return;
      case 'refused':
        return answers.privately(
          press,
          await parts.waysOut(result, {
            ...press.requester,
            ...placeOf(press.reply),
          }),
        );
      default:
        return result satisfies never;
    }
  }

  function actor(press: Press) {
    return actorOf(press.requester, adminUserIds);
  }
}

/** Names one wish to run again; the second click of a double click gets the name of the first. */
function createOrigins(monotonic: () => number): (press: Press, id: string) => string {
  const recent = new Map<string, { readonly origin: string; readonly at: number }>();
  return (press, id) => {
    const now = monotonic();
    for (const [key, { at }] of recent) {
      if (now - at <= DOUBLE_CLICK_MS) break; // in order of time
      recent.delete(key);
    }
    const key = `${press.requester.userId} ${id}`;
    const before = recent.get(key);
    if (before !== undefined) return before.origin;
    const origin = `interaction:${press.id}`;
    recent.set(key, { origin, at: now });
    return origin;
  };
}

/** Ended, and its message is no video's: nothing in it can be lost by showing how it ended. */
function hasEndedElsewhere(job: Job): boolean {
  return isEnded(job) && !(job.state === 'delivered' && isInReply(job));
}
