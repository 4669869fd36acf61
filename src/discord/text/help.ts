/** `/veo-help`: one message with what the bot does, what it costs and what it keeps. */
import { estimate, type Model } from '../../jobs/model.ts';
import { privacyLine } from './forgetting.ts';
import { money } from './money.ts';
import { CONTENT_MAX, quote } from './quote.ts';
import type { Words } from './words.ts';

/** More is no help; fewer where they have long names. */
const MOST_MODELS = 6;
const LONGEST_NAME = 30;

export function helpText(
  models: readonly Model[],
  words: Words,
  privacyUrl: string | null = null,
): string {
  const { help, command } = words;
  const privacy = privacyLine(privacyUrl, words);
  const withModels = (most: number): string =>
    [
      help.first,
      '',
      ...pricesText(models, most, words),
      '',
      help.pictures(command.animate),
      help.report(command.report),
      help.form(command.draft.name, command.private.name),
      help.buttons,
      help.dm,
      help.list,
      help.charges,
      help.privacy,
      ...(privacy === null ? [] : [privacy]),
    ].join('\n');
  for (let most = MOST_MODELS; most > 1; most -= 1) {
    const text = withModels(most);
    if (text.length <= CONTENT_MAX) return text;
  }
  return withModels(1);
}

function pricesText(models: readonly Model[], most: number, { help }: Words): string[] {
  if (models.length === 0) return [help.noPrices];
  const more = models.length - most;
  const lines = models.slice(0, most).map((model) => {
    const { defaultSeconds: seconds, defaultResolution: resolution } = model;
    const price = money(estimate(model.prices, seconds, resolution));
    return help.price(quote(model.name, LONGEST_NAME), price, seconds, quote(resolution, 12));
  });
  return [help.prices, ...lines, ...(more > 0 ? [help.more(more)] : [])];
}
