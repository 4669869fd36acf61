/**
 * What an `omni` request says about its video: made anew, or of a clip that an earlier interaction
 * made. Of that one nothing but the clip is taken over, so what holds again is said again.
 * Source: Google's documentation of 2026-09 on editing and extending, and its SDKs of 2026-11.
 */
import type { VideoRequest } from '../jobs/request.ts';

type Json = Record<string, unknown>;

/** Inside `response_format`. Length and form of an edited or sharpened clip follow the clip itself. */
export function formatOf({ basis, resolution, aspectRatio, seconds }: VideoRequest): Json {
  // A number would be refused: a duration as protobuf writes it.
  const duration = `${seconds}s`;
  if (basis === null) return { aspect_ratio: aspectRatio, resolution, duration };
  if (basis.kind === 'extend') return { aspect_ratio: aspectRatio, resolution, duration };
  return { resolution };
}

/** Beside the input. A task adds rules of its own: it is named only where words cannot say it. */
export function clipOf({ basis }: VideoRequest): Json {
  if (basis === null) return {};
  const { operation: previous_interaction_id, kind: task } = basis;
  if (task === 'edit') return { previous_interaction_id };
  return { previous_interaction_id, generation_config: { video_config: { task } } };
}
