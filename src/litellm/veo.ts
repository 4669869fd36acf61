/**
 * The `veo` protocol: predictLongRunning and operations. It has no cancel.
 * Source: recorded exchanges with the live API, 2026-10, and Google's SDKs of 2026-06.
 */
import type { JobIn } from '../jobs/job.ts';
import { keptIn, type PictureRole } from '../jobs/pictures.ts';
import type { Look } from '../jobs/ports/service.ts';
import type { VideoRequest } from '../jobs/request.ts';
import { PictureData } from './body.ts';
import { count, list, object, text } from './loose.ts';
import {
  type Found,
  type FoundVideo,
  type ProtocolSpoken,
  plain,
  segment,
  videoIn,
} from './protocol.ts';
import { inPlainWords } from './supportCodes.ts';

export const veo: ProtocolSpoken = {
  name: 'veo',
  submit: (job, webhook) => ({
    path: `models/${encodeURIComponent(job.request.modelId)}:predictLongRunning`,
    body: body(job, webhook),
  }),
  nameIn: (answer) => {
    const name = text(object(answer)?.name);
    return name !== null && path(name) !== null ? name : null;
  },
  nameFrom: (told, { modelId }) =>
    told.includes('/') ? told : `models/${modelId}/operations/${told}`,
  // An operation tells nothing of its request; only its name holds the model.
  isOf: (answer, { name, request }) =>
    text(object(answer)?.name) === name && name.includes(`models/${request.modelId}/operations/`),
  lookPath: path,
  cancelPath: () => null,
  read,
  inlineKeys: new Set(['bytesBase64Encoded', 'encodedVideo', 'videoBytes']),
};

/** `models/MODEL/operations/ID`, each part encoded. */
function path(name: string): string | null {
  const parts = name.split('/').map(segment);
  if (parts.length < 2 || parts.length > 10 || !parts.includes('operations')) return null;
  return parts.every((part) => part !== null) ? parts.join('/') : null;
}

function body({ request }: JobIn<'submitting'>, webhook: string | null): unknown {
  return {
    instances: [{ prompt: request.prompt, ...picturesOf(request) }],
    parameters: {
      // Another spelling is ignored and the longest video is made and billed.
      durationSeconds: request.seconds,
      aspectRatio: request.aspectRatio,
      resolution: request.resolution,
    },
    ...(webhook !== null && { webhookConfig: { uris: [webhook] } }),
  };
}

/** Each role has a field of its own. Source: Google's SDK 2.34; `inlineData` is refused live. */
function picturesOf({ pictures }: VideoRequest): object {
  const images = keptIn(pictures).map(({ mimeType }, index) => ({
    bytesBase64Encoded: new PictureData(index),
    mimeType,
  }));
  const withRole = (role: PictureRole) => images.filter((_, i) => pictures[i]?.role === role);
  const [image] = withRole('first frame');
  const [lastFrame] = withRole('last frame');
  const references = withRole('reference');
  return {
    ...(image && { image }),
    ...(lastFrame && { lastFrame }),
    ...(references.length > 0 && {
      referenceImages: references.map((one) => ({ image: one, referenceType: 'asset' })),
    }),
  };
}

function read(answer: unknown): Found {
  const top = object(answer) ?? {};
  const error = object(top.error);
  if (top.done !== true && top.done !== 'true') return plain({ kind: 'running' });
  if (error !== null) return plain(fromError(error));
  const response = object(top.response);
  const inner = object(response?.generateVideoResponse) ?? response;
  if (response === null || inner === null) return plain({ kind: 'not understood', usage: null });
  const samples = [...list(inner.generatedSamples), ...list(inner.videos)];
  for (const sample of samples) {
    const video = videoOf(sample);
    if (video === null) continue;
    const look: Look = { kind: 'done', source: video.source, usage: null, answeredBy: null };
    return { look, inline: video.inline };
  }
  if (samples.length > 0) return plain({ kind: 'not understood', usage: null });
  return plain(withoutSamples(inner, response));
}

function videoOf(sample: unknown): FoundVideo | null {
  const outer = object(sample);
  const video = object(outer?.video) ?? outer;
  if (video === null) return null;
  const uri = text(video.uri) ?? text(video.gcsUri) ?? text(outer?.uri);
  const bytes = [video.bytesBase64Encoded, video.encodedVideo, video.videoBytes];
  return videoIn(uri, bytes.map(text).find((data) => data !== null) ?? null);
}

/** Filtered, which can also look like nothing at all: an empty list is left out on the wire. */
function withoutSamples(inner: Record<string, unknown>, response: Record<string, unknown>): Look {
  const reasons = list(inner.raiMediaFilteredReasons)
    .map(text)
    .filter((reason) => reason !== null && reason.trim() !== '');
  const filtered = reasons.length > 0 || (count(inner.raiMediaFilteredCount) ?? 0) > 0;
  const empty = Object.keys(response).every((key) =>
    ['@type', 'generateVideoResponse', 'generatedSamples', 'videos', ...rai].includes(key),
  );
  if (!filtered && !empty) return { kind: 'not understood', usage: null };
  return { kind: 'declined', said: inPlainWords(reasons.join('\n')), usage: null };
}

const rai = ['raiMediaFilteredCount', 'raiMediaFilteredReasons'];

const INVALID_ARGUMENT = 3;

/** `code` is a gRPC number here; 3 with these words is the safety filter, before any work. */
function fromError(error: Record<string, unknown>): Look {
  const said = text(error.message);
  const code = count(error.code)?.toString() ?? text(error.code) ?? text(error.status);
  const filter = /support codes?:|usage guidelines|prohibited use|safety filter/i;
  if (Number(code) === INVALID_ARGUMENT && said !== null && filter.test(said)) {
    return { kind: 'declined', said: inPlainWords(said), usage: null };
  }
  return { kind: 'failed', said, code, usage: null };
}
