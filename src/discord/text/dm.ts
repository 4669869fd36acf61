/** What the bot answers to texts in a direct message. Nobody pays by chatting: a button starts it. */
import type { VideoRequest } from '../../jobs/request.ts';
import type { Allowance } from '../../jobs/spending.ts';
import { basisPart, secondsPart } from './basis.ts';
import { money } from './money.ts';
import { picturesPart } from './pictures.ts';
import { BUTTON_MAX, plainLine, quote } from './quote.ts';

export function offer(request: VideoRequest, left: Allowance | null): string {
  return [
    `> ${quote(request.prompt)}`,
    [
      ...basisPart(request),
      quote(request.modelName, 60),
      secondsPart(request),
      request.fitAspectTo.length > 0 ? "in the picture's form" : quote(request.aspectRatio, 20),
      quote(request.resolution, 20),
      ...picturesPart(request),
    ].join(' · '),
    `${whatItDoes(request)} for ${money(request.priceMicroUsd)}; nothing is charged before you press the button.${leftText(left)}`,
  ].join('\n');
}

function whatItDoes({ basis }: VideoRequest): string {
  return basis?.kind === 'edit' ? 'This changes that very video' : 'This makes a video';
}

export function startLabel(request: VideoRequest): string {
  return plainLine(`Make it ${money(request.priceMicroUsd)}`, BUTTON_MAX);
}

/** Where a text replies to a video of which nothing can be made any more. */
export function notThatVideo(): string {
  return 'That video itself cannot be changed; this is for a new one in its place.';
}

/** Where what a form said does not hold any more. */
export function pricesChanged(): string {
  return 'The prices have changed since the form was opened, so nothing was started.';
}

export function nothingWritten(): string {
  return 'Write what the video should show, e.g. "a fox in the snow". You then see the price, and nothing is charged before you press the button.';
}

/** A sticker or a voice message without words. */
export function onlyFiles(): string {
  return 'Only words and pictures can be made into a video here. Write what it should show; nothing is charged before you press a button.';
}

export function brokeWhileReading(): string {
  return '🛠️ Something went wrong in the bot. Nothing charged. Write it again in a minute.';
}

function leftText(left: Allowance | null): string {
  if (left === null || left.money === null) return '';
  const when = left.period === 'day' ? 'today' : 'this month';
  return ` You have ${money(left.money.leftMicroUsd)} left ${when}.`;
}
