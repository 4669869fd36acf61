/** Answers to presses and to what is not understood; only the one who pressed sees them. */
import type { Job } from '../../jobs/job.ts';
import { money } from './money.ts';

export function stopping(job: Job): string {
  return `✋ The service is being asked to stop. It may still charge for it (${money(job.request.priceMicroUsd)}); what became of it will stand in the message.`;
}

export function tooLateToCancel(job: Job): string {
  switch (job.state) {
    case 'received':
    case 'gathering':
    case 'queued':
    case 'submitting':
    case 'generating':
    case 'cancelling':
      return 'This video cannot be stopped any more: the service that makes it takes no cancelling. It goes on; what it costs stands in the message.';
    case 'downloading':
    case 'delivering':
      return 'Too late to cancel: the video is made and on its way into the message.';
    case 'delivered':
    case 'undelivered':
      return 'Too late to cancel: the video is made already.';
    case 'unconfirmed':
    case 'failed':
    case 'cancelled':
      return 'There is nothing to cancel any more: it has ended. Whether it was charged stands in the message.';
    default:
      return job satisfies never;
  }
}

export function notYoursToCancel(): string {
  return 'Only the member who asked for this video, or an admin of the bot, can cancel it. Use /veo for one of your own.';
}

export function notYoursToShow(): string {
  return 'Only the member who asked for this video can bring it here. Use /veo for one of your own.';
}

export function notYoursToStart(): string {
  return 'Only the member who wrote this prompt can start it. Nothing charged. Use /veo for one of your own.';
}

export function stillBeingMade(): string {
  return 'This video is still being made. It comes into the message by itself; if it does not, press this button again once it is ready.';
}

export function nothingToShow(job: Job): string {
  switch (job.state) {
    case 'delivered':
      return 'This video was delivered already: look for it in this channel or in your direct messages, or use /videos to see it again.';
    case 'cancelled':
      return 'There is no video to show: it was cancelled. Use /veo to make a new one.';
    default:
      return 'There is no video to show. Whether it was charged stands in the message. Use /veo to make a new one.';
  }
}

/** Pressed while another press, or the bot itself, is bringing it. */
export function onItsWay(): string {
  return '📥 This video is on its way to you already. Nothing is charged for it again.';
}

export function stillInTheMaking(): string {
  return '🎬 This video is still being made. It is posted by itself once it is ready.';
}

export function noLongerKept(): string {
  return 'This video is not kept here any more, so it cannot be shown again. Nothing charged. Use /veo to make a new one.';
}

export function noPictureThere(): string {
  return 'There is no picture in this message that can be used: only what was sent through Discord itself is. Nothing charged. Use /veo and attach one as first_frame.';
}

export function noSuchVideo(): string {
  return 'This video is not known here any more. Nothing charged. Use /veo to make a new one.';
}

export function startedBefore(): string {
  return 'This offer was taken already; its video has a message of its own. Nothing is charged twice. Use /veo for another one.';
}

export function noSuchDraft(): string {
  return 'This offer has run out. Nothing charged. Write your prompt again, or use /veo.';
}

export function oldForm(): string {
  return 'This form is from another version of the bot, so it was not taken. Nothing charged. Use /veo to make a video.';
}

/** Opened where there is nothing to choose from. */
export function noVideosNow(): string {
  return 'No video model can be used here at the moment; an admin of the bot has to look at it. Nothing charged.';
}

export function oldButton(): string {
  return 'This button is from another version of the bot and does nothing any more. Nothing charged. Use /veo to make a video.';
}

export function unknownCommand(): string {
  return 'This command is not known here any more. Nothing charged. Reload Discord (Ctrl+R, or close and open the app) and use /veo.';
}

export function outdatedOptions(): string {
  return 'The options of this command have changed. Nothing charged. Reload Discord (Ctrl+R, or close and open the app) and try again.';
}

export function notUnderstood(): string {
  return 'The bot does not know what to do with this. Nothing charged. Use /veo to make a video.';
}

/** Written down, but the disk has no room to go on. */
export function keptForLater(): string {
  return '💾 Your wish is written down, but the bot is out of storage. Nothing charged yet; it starts by itself when there is room, so there is no need to ask again.';
}

/** It broke on our side at a moment of which nothing is known here. */
export function brokeWhileAsking(): string {
  return '🛠️ Something went wrong in the bot. If a message with your video does not appear within a minute, nothing was charged and you can try again.';
}

export function brokeWhilePressing(): string {
  return '🛠️ Something went wrong in the bot while it took this press. What stands in the message holds; try again in a minute.';
}
