/** Whether a wish is taken now: the model's rules, how long clips are kept, the price that was seen. */
import type { ActionsParts } from '../actions.ts';
import { isDearer } from '../basis.ts';
import { refuseClip } from '../clips.ts';
import type { Job, Reply } from '../job.ts';
import { checksFor, type LimitCheck, type Spender } from '../money/spending.ts';
import { type Understood, understand, type Wish } from '../request.ts';
import { type againBy, sameBy } from '../successor.ts';
import { isPrivate } from '../unseen.ts';

export function understandNow(
  wish: Wish,
  { guildId }: Pick<Reply, 'guildId'>,
  { house, rules, clock }: Pick<ActionsParts, 'house' | 'rules' | 'clock'>,
): Understood {
  const understood = understand(wish, house.modelsIn(guildId), rules.maxPictureBytes);
  if (!understood.ok) return understood;
  const { basis, shownMicroUsd } = wish;
  if (basis !== undefined && clock.wall() - basis.submittedAt >= rules.clipsKeptForMs) {
    const { kind } = basis;
    return {
      ok: false,
      refusal: { why: 'clip too old', kind, keptForMs: rules.clipsKeptForMs },
    };
  }
  const { priceMicroUsd } = understood.request;
  if (shownMicroUsd !== undefined && isDearer(understood.request, shownMicroUsd)) {
    return { ok: false, refusal: { why: 'dearer', priceMicroUsd, shownMicroUsd } };
  }
  return understood;
}

/** The same for a wish that may be made of another's clip: whether that may be used is asked first. */
export async function understandFor(
  wish: Wish,
  here: Pick<Reply, 'guildId'>,
  parts: Pick<ActionsParts, 'store' | 'house' | 'rules' | 'clock'>,
): Promise<Understood> {
  const refusal = await refuseClip(parts.store, wish);
  return refusal === null ? understandNow(wish, here, parts) : { ok: false, refusal };
}

/** What follows from a private video is private too. */
export function privately(job: Pick<Job, 'reply' | 'request'>): Pick<Wish, 'private'> {
  return isPrivate(job) ? { private: true } : {};
}

/** The wish of an earlier job once more, by this model, for no more than its message says. */
export function onceMore(job: Job, { modelId, shownMicroUsd }: ReturnType<typeof againBy>): Wish {
  const { id, request } = job;
  const { basis, prompt, seconds, resolution } = request;
  const past = { of: id, shownMicroUsd, ...privately(job) };
  if (basis === null) return { ...sameBy(modelId, request), ...past };
  const { kind } = basis;
  return {
    ...{ prompt, modelId: request.modelId, basis, ...past },
    ...(kind === 'extend' && { seconds }),
    ...(kind === 'upscale' && { resolution }),
  };
}

/** The limits that hold now for who asks, there where they ask. */
export function checksOf(
  spender: Spender,
  { limits, exempt, calendar }: Pick<ActionsParts, 'limits' | 'exempt' | 'calendar'>,
  at: number,
): LimitCheck[] {
  return checksFor(spender, at, { limits: limits(), exempt: exempt(), calendar });
}
