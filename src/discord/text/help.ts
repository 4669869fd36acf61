/** `/veo-help`: one message with what the bot does, what it costs and what it keeps. */
import { estimate, type Model } from '../../jobs/model.ts';
import { privacyLine } from './forgetting.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';

/** More would not fit into one message. */
const MOST_MODELS = 6;

export function helpText(models: readonly Model[], privacyUrl: string | null = null): string {
  const privacy = privacyLine(privacyUrl);
  return [
    '`/veo` makes a video from your words and posts it here once it is ready. The price stands in the message before anything is paid.',
    '',
    ...pricesText(models),
    '',
    '**Pictures** `/veo` takes a first and a last frame and pictures of what is to be seen. Animate this image, under Apps in the menu of a message, makes a video of the picture in it.',
    '**Without a prompt** `/veo` opens a form. `draft` first makes a cheap try; `private` shows the video to you alone.',
    '**Under a video** Run it again, change, extend or upscale it, each for the price it says, on the allowance of whoever presses. Delete is for its member and the admins of the bot.',
    '**In a direct message** Write to the bot what the video should show, or send a picture. It answers with the price; nothing is charged before you press the button. A reply to a video changes that video.',
    '**Your videos and limits** `/videos` lists what you asked for, brings a video back, and says what is left for you today and this month.',
    '**Charges** Every message says one of three things: not charged, charged, or may have been charged. The last means that the answer of the video service was lost after it was asked: it may have made the video and charged for it. It is never asked again by itself.',
    '**Privacy** The bot keeps your user id, your prompts, pictures and videos for some time, and sends prompts and pictures to the video service. A button in `/videos` deletes them.',
    ...(privacy === null ? [] : [privacy]),
  ].join('\n');
}

function pricesText(models: readonly Model[]): string[] {
  if (models.length === 0) return ['**Prices** No video model can be used at the moment.'];
  const more = models.length - MOST_MODELS;
  return [
    '**Prices**',
    ...models.slice(0, MOST_MODELS).map(modelLine),
    ...(more > 0 ? [`and ${more} more in \`/veo\``] : []),
  ];
}

/** `Omni 1.2 · ≈ $0.56 for 8 s in 720p` */
function modelLine(model: Model): string {
  const { defaultSeconds: seconds, defaultResolution: resolution } = model;
  const price = money(estimate(model.prices, seconds, resolution));
  return `${quote(model.name, 40)} · ≈ ${price} for ${seconds} s in ${quote(resolution, 12)}`;
}
