/** What takes the place of a retired model: the same video by the one that the catalogue names. */
import type { Job, Successor } from './job.ts';
import type { Models } from './models.ts';
import { understand, type VideoRequest, type Wish } from './request.ts';

/** Null: none is named or offered, or it cannot make the same. */
export function successorFor(request: VideoRequest, models: Models): Successor | null {
  // A clip belongs to the model that made it.
  if (request.basis !== null) return null;
  const id = models.find(request.modelId)?.successor;
  if (id === undefined || id === null || models.isWithdrawn(id)) return null;
  const understood = understand(sameBy(id, request), models.offered());
  if (!understood.ok) return null;
  const { modelId, modelName, priceMicroUsd } = understood.request;
  return { modelId, modelName, priceMicroUsd };
}

/** The same video once more, by this model. */
export function sameBy(modelId: string, request: VideoRequest): Wish {
  const { prompt, seconds, aspectRatio, resolution, pictures, fitAspectTo, draft } = request;
  return {
    ...{ prompt, modelId, seconds, pictures },
    // Never chosen where the picture was to choose and never came.
    ...(fitAspectTo.length > 0 ? {} : { aspectRatio }),
    ...(draft === null ? { resolution } : { resolution: draft.full, draft: true }),
  };
}

/** Which model makes an earlier job once more, for how much its message says. */
export function againBy(
  job: Job,
  models: Models,
): { readonly modelId: string; readonly shownMicroUsd: number } {
  const { modelId, priceMicroUsd } = job.request;
  const named = job.state === 'failed' ? job.successor : null;
  if (named !== null) return { modelId: named.modelId, shownMicroUsd: named.priceMicroUsd };
  const successor = models.isWithdrawn(modelId) ? models.find(modelId)?.successor : null;
  return { modelId: successor ?? modelId, shownMicroUsd: priceMicroUsd };
}
