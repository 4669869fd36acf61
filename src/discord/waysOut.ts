/** A refusal before anything is paid, with the buttons that lead on from it. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Actions, Refusal } from '../jobs/actions.ts';
import type { Reply, Requester } from '../jobs/job.ts';
import type { Draft } from '../jobs/ports/store.ts';
import type { Wish } from '../jobs/request.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import { customId } from './text/customIds.ts';
import { type MessageBody, pingNobody } from './text/job.ts';
import { money } from './text/money.ts';
import { BUTTON_MAX, plainLine } from './text/quote.ts';
import { refusalText } from './text/refusals.ts';
import { type Words, wordsFor } from './text/words.ts';

/** Where it was asked. */
export type Place = Pick<Reply, 'channelId' | 'guildId' | 'place' | 'ageRestricted'>;

export function placeOf({ channelId, guildId, place, ageRestricted }: Place): Place {
  return { channelId, guildId, place, ...(ageRestricted === true && { ageRestricted }) };
}

export type WaysOut = (refused: Refusal, who: Requester & Place) => Promise<MessageBody>;

/** @throws StorageFull, where the wish cannot be kept for the press */
export function createWaysOut({
  actions,
  adminUserIds,
}: Pick<HandlerParts, 'adminUserIds'> & { actions: Pick<Actions, 'quote' | 'keep'> }): WaysOut {
  const waysOut: WaysOut = async (refused, who) => {
    const { refusal, wish } = refused;
    const { userId, locale } = who;
    const place = placeOf(who);
    const words = wordsFor(locale);
    const buttons: { label: string; id: string }[] = [];
    const fix = fixOf(refusal, wish, words);
    if (fix !== null) {
      const quoted = await actions.quote(fix.wish, place, actorOf(who, adminUserIds));
      // Nothing is left to press once more: what stands against it is what counts.
      const isPressWanted = refusal.why === 'dearer' || refusal.why === 'confirm';
      if (quoted.kind === 'refused' && isPressWanted) return waysOut(quoted, who);
      if (quoted.kind === 'quoted') {
        const label = fix.label(money(quoted.request.priceMicroUsd));
        buttons.push({ label, id: customId('start', quoted.draft.id) });
      }
    }
    if (canChange(refusal)) {
      const draft: Draft = await actions.keep(wish, userId);
      buttons.push({ label: words.button.change, id: customId('form', draft.id) });
    }
    const components = buttons.map(({ label, id }) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: plainLine(label, BUTTON_MAX),
      custom_id: id,
    }));
    return {
      content: refusalText(refusal, words),
      components:
        components.length === 0 ? [] : [{ type: ComponentType.ActionRow as const, components }],
      allowed_mentions: pingNobody,
    };
  };
  return waysOut;
}

/** The nearest wish that is taken, where there is one. */
function fixOf(
  refusal: Refusal['refusal'],
  wish: Wish,
  { button }: Words,
): { readonly label: (price: string) => string; readonly wish: Wish } | null {
  switch (refusal.why) {
    case 'seconds for resolution':
    case 'seconds for pictures': {
      const { asked, fits } = refusal;
      const near = fits.toSorted((a, b) => Math.abs(a - asked) - Math.abs(b - asked))[0];
      if (near === undefined) return null;
      return {
        label: (price) => button.makeSeconds(near, price),
        wish: { ...wish, seconds: near },
      };
    }
    case 'no draft':
      return { label: button.make, wish: { ...wish, draft: false } };
    case 'dearer':
    case 'confirm':
      return { label: button.make, wish };
    default:
      return null;
  }
}

function canChange(refusal: Refusal['refusal']): boolean {
  switch (refusal.why) {
    case 'no models':
    case 'closed':
    case 'blocked':
    case 'not age-restricted':
      return false;
    case 'limit':
      // What others used up is back at its time; one's own may suffice for something smaller.
      return refusal.reached.check.scope === 'member';
    default:
      return true;
  }
}
