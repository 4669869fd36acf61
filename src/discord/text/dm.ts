/** A price before it is paid, as in a direct message. Nobody pays by chatting: a button starts it. */

import type { Allowance } from '../../jobs/money/spending.ts';
import type { VideoRequest } from '../../jobs/request.ts';
import { basisPart, secondsPart } from './basis.ts';
import { money } from './money.ts';
import { picturesPart } from './pictures.ts';
import { BUTTON_MAX, plainLine, quote } from './quote.ts';
import type { Words } from './words.ts';

export function offer(request: VideoRequest, left: Allowance | null, words: Words): string {
  const price = money(request.priceMicroUsd);
  const does =
    request.basis?.kind === 'edit' ? words.offer.changes(price) : words.offer.makes(price);
  return [
    `> ${quote(request.prompt)}`,
    [
      ...basisPart(request, words),
      quote(request.modelName, 60),
      secondsPart(request),
      request.fitAspectTo.length > 0
        ? words.offer.inThePicturesForm
        : quote(request.aspectRatio, 20),
      quote(request.resolution, 20),
      ...picturesPart(request, words),
    ].join(' · '),
    words.grammar.sentences([does, ...leftText(left, words)]),
  ].join('\n');
}

export function startLabel(request: VideoRequest, { button }: Words): string {
  return plainLine(button.make(money(request.priceMicroUsd)), BUTTON_MAX);
}

function leftText(left: Allowance | null, { offer }: Words): string[] {
  if (left === null || left.money === null) return [];
  return [offer.left[left.period](money(left.money.leftMicroUsd))];
}
