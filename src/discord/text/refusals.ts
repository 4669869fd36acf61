/** Why nothing is made, said before anything is paid: the rule, that it cost nothing, the way out. */
import type { HouseRefusal } from '../../jobs/admins/house.ts';
import type { LimitReached, SpendingRefusal } from '../../jobs/money/spending.ts';
import type { WishRefusal } from '../../jobs/request.ts';
import { basisRefusalText } from './basis.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';
import type { Words } from './words.ts';

const LONGEST_NAME = 60;

export function refusalText(
  refused: WishRefusal | SpendingRefusal | HouseRefusal,
  words: Words,
): string {
  const { refusal, grammar } = words;
  const either = (items: readonly string[]) => grammar.either(items.map(named));
  const seconds = (fits: readonly number[]) => grammar.either(fits.map(String));
  switch (refused.why) {
    case 'empty prompt':
      return refusal.emptyPrompt;
    case 'prompt too long':
      return refusal.promptTooLong(grammar.count(refused.chars), grammar.count(refused.maxChars));
    case 'no models':
      return refusal.noModels;
    case 'unknown model': {
      const models = refused.models.slice(0, 10).map(({ name }) => name);
      return refusal.unknownModel(named(refused.asked), either(models));
    }
    case 'seconds': {
      const { asked, model } = refused;
      return refusal.notMade(`${asked} s`, named(model.name), `${seconds(model.seconds)} s`);
    }
    case 'aspect ratio': {
      const { asked, model } = refused;
      return refusal.notMade(named(asked), named(model.name), either(model.aspectRatios));
    }
    case 'resolution': {
      const { asked, model } = refused;
      return refusal.notMade(named(asked), named(model.name), either(model.resolutions));
    }
    case 'seconds for resolution': {
      const { resolution, fits, model } = refused;
      return refusal.needsSeconds(named(resolution), seconds(fits), named(model.name));
    }
    case 'no draft':
      return refusal.noDraft(named(refused.resolution), named(refused.model.name));
    case 'dearer':
      return refusal.dearer(money(refused.priceMicroUsd), money(refused.shownMicroUsd));
    case 'cannot change':
    case 'clip too long':
    case 'clip too old':
    case 'clip forgotten':
      return basisRefusalText(refused, words);
    case 'no such pictures':
      return refusal.noSuchPictures[refused.role](named(refused.model.name));
    case 'last frame alone':
      return refusal.lastFrameAlone;
    case 'frames and references':
      return refusal.framesAndReferences(named(refused.model.name));
    case 'too many pictures': {
      const { role, most, model } = refused;
      return refusal.tooManyPictures[role ?? 'any'](named(model.name), most);
    }
    case 'seconds for pictures': {
      const { role, fits, model, asked } = refused;
      return refusal.secondsForPictures[role](seconds(fits), named(model.name), asked);
    }
    case 'picture too large':
      return refusal.pictureTooLarge(megabytes(refused.sizeBytes), megabytes(refused.maxBytes));
    case 'blocked':
      return refusal.blocked[refused.who];
    case 'refused words':
      return refusal.refusedWords;
    case 'not age-restricted':
      return refusal.notAgeRestricted;
    case 'model off': {
      const models = refused.models.slice(0, 10).map(({ name }) => name);
      return refusal.modelOff(named(refused.model.name), either(models));
    }
    case 'confirm':
      return refusal.confirm(money(refused.priceMicroUsd));
    case 'limit':
      return limitReached(refused.reached, words);
    case 'closed':
      return refusal.closed[refused.trouble];
    default:
      return refused satisfies never;
  }
}

function limitReached(reached: LimitReached, words: Words): string {
  const { asStranger, maxMicroUsd, maxVideos } = reached.check;
  if (asStranger !== true) return limitText(reached, words);
  const { stranger } = words.refusal;
  // A limit of nothing is no limit that comes back.
  if (maxMicroUsd === 0 || maxVideos === 0) return stranger.none;
  return stranger.limit(limitText(reached, words));
}

function limitText({ check, spent, priceMicroUsd }: LimitReached, { refusal }: Words): string {
  const { scope, period, maxVideos } = check;
  if (period === 'at once') return refusal.atOnce[scope](spent.videos, maxVideos ?? 0);
  const back = `<t:${Math.ceil(check.untilAt / 1000)}:f>`;
  const videosUsedUp = maxVideos !== null && spent.videos + 1 > maxVideos;
  if (scope !== 'member') {
    // What others spent is not for everybody to read.
    return refusal.usedUp(
      refusal.usedUpWhat[scope][videosUsedUp ? 'videos' : 'money'][period],
      back,
    );
  }
  if (videosUsedUp) return refusal.videosUsedUp[period](spent.videos, maxVideos, back);
  const price = money(priceMicroUsd);
  const max = check.maxMicroUsd ?? 0;
  if (priceMicroUsd > max) return refusal.aboveLimit[period](price, money(max));
  const left = money(Math.max(0, max - spent.microUsd));
  return refusal.notEnoughLeft[period](left, money(max), price, back);
}

function megabytes(sizeBytes: number): string {
  return `${Math.round((sizeBytes / 2 ** 20) * 10) / 10} MB`;
}

function named(text: string): string {
  return quote(text, LONGEST_NAME);
}
