/** Why nothing is made, said before anything is paid: the rule, that it cost nothing, the way out. */
import type { Trouble } from '../../jobs/job.ts';
import type { Model } from '../../jobs/model.ts';
import type { WishRefusal } from '../../jobs/request.ts';
import type { LimitReached, Period, SpendingRefusal } from '../../jobs/spending.ts';
import { basisRefusalText } from './basis.ts';
import { money } from './money.ts';
import { aPicture } from './pictures.ts';
import { quote } from './quote.ts';

const nothingCharged = 'Nothing charged.';
const LONGEST_NAME = 60;

export function refusalText(refusal: WishRefusal | SpendingRefusal): string {
  switch (refusal.why) {
    case 'empty prompt':
      return emptyPrompt();
    case 'prompt too long':
      return promptTooLong(refusal.chars, refusal.maxChars);
    case 'no models':
      return noModels();
    case 'unknown model':
      return unknownModel(refusal.asked, refusal.models);
    case 'seconds':
      return secondsNotMade(refusal.asked, refusal.model);
    case 'aspect ratio':
      return shapeNotMade(refusal.asked, refusal.model);
    case 'resolution':
      return resolutionNotMade(refusal.asked, refusal.model);
    case 'seconds for resolution':
      return resolutionNeedsSeconds(refusal.resolution, refusal.fits, refusal.model);
    case 'no draft':
      return `Nothing is cheaper than ${named(refusal.resolution)} on ${named(refusal.model.name)}, so a draft of it is no use. ${nothingCharged}`;
    case 'dearer':
      return `This costs ${money(refusal.priceMicroUsd)} by now, not ${money(refusal.shownMicroUsd)}. Nothing charged yet: press once more if you want it for that.`;
    case 'cannot change':
    case 'clip too long':
    case 'clip too old':
      return basisRefusalText(refusal);
    case 'no such pictures':
      return `${aPicture(refusal.role)} does not go with ${named(refusal.model.name)}. ${nothingCharged} Leave it out, or choose another model.`;
    case 'last frame alone':
      return `A last frame goes only together with a first frame. ${nothingCharged} Add one.`;
    case 'frames and references':
      return `On ${named(refusal.model.name)} reference pictures go only without a first and last frame. ${nothingCharged} Send one or the other.`;
    case 'too many pictures':
      return tooManyPictures(refusal);
    case 'seconds for pictures':
      return `${aPicture(refusal.role)} needs ${secondsList(refusal.fits)} on ${named(refusal.model.name)}, not ${refusal.asked} s. ${nothingCharged}`;
    case 'picture too large':
      return `This picture is ${megabytes(refusal.sizeBytes)}, at most ${megabytes(refusal.maxBytes)} go. ${nothingCharged} Send a smaller one.`;
    case 'limit':
      return limitReached(refusal.reached);
    case 'closed':
      return closed(refusal.trouble);
    default:
      return refusal satisfies never;
  }
}

function emptyPrompt(): string {
  return `There is nothing to see in this prompt: say in words what the video should show. ${nothingCharged}`;
}

function promptTooLong(chars: number, maxChars: number): string {
  return `This prompt has ${whole(chars)} characters, at most ${whole(maxChars)} go. ${nothingCharged} Shorten it and send it again.`;
}

function noModels(): string {
  return `No video model can be used here at the moment; an admin of the bot has to look at it. ${nothingCharged}`;
}

function unknownModel(asked: string, models: readonly Model[]): string {
  const names = either(models.slice(0, 10).map((model) => named(model.name)));
  return `There is no model "${named(asked)}" here any more. ${nothingCharged} Choose ${names}.`;
}

function secondsNotMade(asked: number, model: Model): string {
  return `"${asked} s" does not go with ${named(model.name)}: it makes ${secondsList(model.seconds)}. ${nothingCharged}`;
}

function shapeNotMade(asked: string, model: Model): string {
  return `"${named(asked)}" does not go with ${named(model.name)}: it makes ${either(model.aspectRatios.map(named))}. ${nothingCharged}`;
}

function resolutionNotMade(asked: string, model: Model): string {
  return `"${named(asked)}" does not go with ${named(model.name)}: it makes ${either(model.resolutions.map(named))}. ${nothingCharged}`;
}

function resolutionNeedsSeconds(resolution: string, fits: readonly number[], model: Model): string {
  return `${named(resolution)} needs ${secondsList(fits)} on ${named(model.name)}. ${nothingCharged}`;
}

function tooManyPictures({
  role,
  most,
  model,
}: Extract<WishRefusal, { why: 'too many pictures' }>): string {
  const what = role === null ? 'picture' : role === 'reference' ? 'reference picture' : role;
  return `${named(model.name)} takes at most ${most} ${what}${most === 1 ? '' : 's'}. ${nothingCharged} Leave some out.`;
}

function limitReached({ check, spent, priceMicroUsd }: LimitReached): string {
  const back = `Back <t:${Math.ceil(check.untilAt / 1000)}:f>.`;
  const videosUsedUp = check.maxVideos !== null && spent.videos + 1 > check.maxVideos;
  switch (check.scope) {
    case 'member': {
      if (videosUsedUp) {
        return `You have had ${videos(spent.videos)} ${during(check.period)} (limit ${check.maxVideos}). ${nothingCharged} ${back}`;
      }
      const max = check.maxMicroUsd ?? 0;
      if (priceMicroUsd > max) {
        return `This costs ${money(priceMicroUsd)}, more than your limit of ${money(max)} ${per(check.period)}. ${nothingCharged} A shorter video or a cheaper model may fit.`;
      }
      const left = Math.max(0, max - spent.microUsd);
      return `You have ${money(left)} left ${during(check.period)} (limit ${money(max)}), this costs ${money(priceMicroUsd)}. ${nothingCharged} ${back}`;
    }
    // What others spent is not for everybody to read.
    case 'channel':
      return `🧾 This channel's ${budget(videosUsedUp)} ${during(check.period)} is used up. ${nothingCharged} ${back}`;
    case 'server':
      return `🧾 This server's ${budget(videosUsedUp)} ${during(check.period)} is used up. ${nothingCharged} ${back}`;
    case 'bot':
      return `🧾 The bot's ${budget(videosUsedUp)} ${during(check.period)} is used up. ${nothingCharged} ${back}`;
    default:
      return check.scope satisfies never;
  }
}

function closed(trouble: Trouble): string {
  switch (trouble) {
    case 'paused':
      return `⏸️ New videos are paused by an admin. ${nothingCharged} Try again later.`;
    case 'storage':
      return `🗄️ New videos are paused: the bot has no room to keep them. Its admins can see it. ${nothingCharged} Try again later.`;
    case 'service budget':
      return `🧾 The bot's video budget is used up. Its admins can see it. ${nothingCharged} Try again later.`;
    case 'set up wrongly':
      return `🛠️ The bot is set up wrongly for this; its admins can see it. ${nothingCharged}`;
    case 'service away':
      return `🔌 The video service cannot be reached at the moment. ${nothingCharged} Try again in some minutes.`;
    case 'rate limit':
      return `⏳ The video service takes no more at the moment. ${nothingCharged} Try again in some minutes.`;
    default:
      return trouble satisfies never;
  }
}

function budget(videosUsedUp: boolean): string {
  return videosUsedUp ? 'number of videos' : 'video budget';
}

function videos(count: number): string {
  return count === 1 ? '1 video' : `${whole(count)} videos`;
}

function during(period: Period): string {
  return period === 'day' ? 'today' : 'this month';
}

function per(period: Period): string {
  return period === 'day' ? 'a day' : 'a month';
}

/** `4, 6 or 8 s` */
function secondsList(seconds: readonly number[]): string {
  return `${either(seconds.map(String))} s`;
}

function either(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function megabytes(sizeBytes: number): string {
  return `${Math.round((sizeBytes / 2 ** 20) * 10) / 10} MB`;
}

function whole(count: number): string {
  return count.toLocaleString('en-US');
}

function named(text: string): string {
  return quote(text, LONGEST_NAME);
}
