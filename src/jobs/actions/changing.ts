/** New videos that follow from one that is there. The old job is never changed by it. */
import type {
  Acknowledge,
  Actions,
  ActionsParts,
  Asked,
  AskResult,
  Changes,
  Offer,
} from '../actions.ts';
import { type BasisKind, type Clip, clipOf, prospects } from '../basis.ts';
import { mayUseClip } from '../clips.ts';
import { newId as randomId } from '../ids.ts';
import type { Job } from '../job.ts';
import type { Draft } from '../ports/store.ts';
import type { Wish } from '../request.ts';
import { privately, understandNow } from './understanding.ts';

type Ask = (asked: Asked, acknowledge: Acknowledge) => Promise<AskResult>;

export function createChanging(
  parts: Pick<ActionsParts, 'store' | 'models' | 'house' | 'rules' | 'clock' | 'newId'>,
  ask: Ask,
): Pick<Actions, 'changesOf' | 'make' | 'keep' | 'draft'> {
  const { store, models, clock, newId = randomId } = parts;

  /** With the settings it had; a retired model's place is taken by its successor. */
  function anew(job: Job): Wish {
    const { request } = job;
    const { modelId, prompt, seconds, aspectRatio, resolution, pictures, draft, basis } = request;
    const successor = models.isWithdrawn(modelId) ? models.find(modelId)?.successor : null;
    return {
      ...{ prompt, modelId: successor ?? modelId, of: job.id },
      // Never chosen where the picture was to choose and never came.
      ...(request.fitAspectTo.length > 0 ? {} : { aspectRatio }),
      // Of an extension: how much it added, which says nothing about a video of its own.
      ...(basis?.kind === 'extend' ? {} : { seconds }),
      resolution: draft?.full ?? resolution,
      ...(pictures.length > 0 && { pictures }),
      ...privately(job),
    };
  }

  /** Its own, else the one that it was to be made of, as far as that may be used. */
  async function clipIn(job: Job): Promise<Clip | null> {
    if (job.request.prompt === '') return null;
    const clip = clipOf(job) ?? clipBefore(job);
    return clip !== null && (await mayUseClip(store, clip)) ? clip : null;
  }

  function ofClip(job: Job, clip: Clip | null, kind: BasisKind): Wish | null {
    if (clip === null) return null;
    const { prompt } = job.request;
    return {
      prompt,
      modelId: clip.modelId,
      basis: { ...clip, kind },
      of: job.id,
      ...privately(job),
    };
  }

  function offer(wish: Wish | null, { reply }: Job): Offer | null {
    const understood = wish === null ? null : understandNow(wish, reply, parts);
    if (wish === null || understood?.ok !== true) return null;
    return { wish, request: understood.request };
  }

  return {
    async changesOf(id): Promise<Changes | null> {
      const job = await store.find(id);
      if (job === null) return null;
      const clip = await clipIn(job);
      return {
        ...{ job, clip, anew: anew(job) },
        edit: offer(ofClip(job, clip, 'edit'), job),
        extend: offer(ofClip(job, clip, 'extend'), job),
      };
    },

    async make(id, what, origin, by, reply, acknowledge) {
      const job = await store.find(id);
      if (job === null || job.request.prompt === '') return { kind: 'no such job' };
      const offered = prospects(job);
      const shown = what === 'full' ? offered.full : offered[what];
      const kind = what === 'extend' ? 'extend' : 'upscale';
      const isAnew = offered.full?.how === 'anew' && what === 'full';
      const wish = isAnew ? anew(job) : ofClip(job, await clipIn(job), kind);
      // Pressed on a message that never offered it.
      if (wish === null || shown === null) {
        const { modelName } = job.request;
        return {
          kind: 'refused',
          refusal: { why: 'cannot change', kind, modelName },
          wish: anew(job),
        };
      }
      const asShown: Wish = {
        ...wish,
        ...(kind === 'extend' && { seconds: shown.seconds }),
        ...(what !== 'extend' && { resolution: shown.resolution }),
        shownMicroUsd: shown.priceMicroUsd,
      };
      return ask({ origin, wish: asShown, requester: by, reply }, acknowledge);
    },

    async keep(wish, userId): Promise<Draft> {
      const draft: Draft = { id: newId(), userId, wish, at: clock.now() };
      await store.keepDraft(draft);
      return draft;
    },

    draft: (id) => store.findDraft(id),
  };
}

/** What a change that came to nothing was to be made of: said differently, it is a change of that still. */
function clipBefore(job: Job): Clip | null {
  const { basis } = job.request;
  if (basis === null || job.state !== 'failed' || job.reason === 'clip gone') return null;
  const { kind: _kind, ...clip } = basis;
  return clip;
}
