import { type Chance, createChance } from './chance.ts';
import { fileUri } from './files.ts';
import { inputContents } from './omni-request.ts';
import type { Ending, Operation } from './operation.ts';
import { usageOnTheWire } from './usage.ts';
import type { VideoShape } from './video-file.ts';
import type { Json } from './wire.ts';

/**
 * An interaction as `GET /v1beta/interactions/{id}` shows it. The input is repeated every time,
 * pictures included; `created` is the start while it runs and the end afterwards; the order of
 * the steps is a matter of chance.
 * Source: recorded exchanges with the live API, 2026-10 (running, done, refused, cancelled); the
 * service's schema for failures, of which no recording exists.
 */
export async function interaction(
  operation: Operation,
  bytesOf: (shape: VideoShape) => Promise<Buffer>,
): Promise<Json> {
  const chance = createChance(operation.seed);
  const { ending, id, status, model } = operation;
  const at = wholeSeconds(operation.endedAt ?? operation.at);
  const asked = { type: 'user_input', content: inputContents(operation.request.input) };
  const format = operation.request.response_format;
  const common = {
    id,
    status,
    created: at,
    updated: at,
    object: 'interaction',
    ...(format !== undefined && { response_format: format }),
    ...(operation.request.labels !== undefined && { labels: operation.request.labels }),
    model,
  };
  if (!ending || ending.status === 'odd' || ending.status === 'cancelled') {
    return { ...common, steps: [asked] };
  }
  if (ending.status === 'failed') return { ...common, ...failure(ending, asked) };
  const said = { type: 'model_output', content: await contentOf(ending, bytesOf) };
  const thought = { type: 'thought', signature: chance.bytes(900).toString('base64') };
  const lastTwo = chance.pick([
    [thought, said],
    [said, thought],
  ]);
  return {
    ...common,
    service_tier: 'standard',
    usage: usageOnTheWire(ending.usage, chance),
    steps: [asked, ...lastTwo],
  };
}

/** The answer to the submit. */
export function accepted(operation: Operation): Json {
  const at = wholeSeconds(operation.at);
  return {
    id: operation.id,
    status: 'in_progress',
    created: at,
    updated: at,
    service_tier: 'standard',
    object: 'interaction',
    model: operation.model,
  };
}

async function contentOf(
  ending: Extract<Ending, { status: 'completed' }>,
  bytesOf: (shape: VideoShape) => Promise<Buffer>,
): Promise<Json[]> {
  switch (ending.result) {
    case 'refusal':
      return [{ type: 'text', text: ending.reason }];
    case 'lost':
      return [];
    case 'video': {
      const video = { type: 'video', mime_type: 'video/mp4' };
      if (ending.video.as === 'uri') return [{ ...video, uri: fileUri(ending.video.fileId) }];
      return [{ ...video, data: (await bytesOf(ending.video.shape)).toString('base64') }];
    }
    default:
      return ending satisfies never;
  }
}

function failure(ending: Extract<Ending, { status: 'failed' }>, asked: Json): Json {
  const { code, message, place } = ending;
  switch (place) {
    case 'errors':
      return { steps: [asked], errors: [{ code: String(code), message }] };
    case 'step': {
      const error = { code, message, details: [] };
      return { steps: [asked, { type: 'model_output', error }] };
    }
    case 'error':
      return { steps: [asked], error: { code, message } };
    case 'nowhere':
      return { steps: [asked] };
    default:
      return place satisfies never;
  }
}

const wholeSeconds = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * `v1_` and some 67 characters. `odd` ones need percent-encoding in a path; they hold nothing
 * that the proxy, which undoes it once, would tear apart (`/`, `?`, `#`, `%`).
 */
export function newInteractionId(chance: Chance, odd: boolean): string {
  const bytes = Buffer.concat([Buffer.from([0x0a, 0x17]), chance.bytes(48)]);
  const id = `v1_${bytes.toString('base64url')}`;
  return odd ? `${id.slice(0, 20)}+${id.slice(20, 40)}é ${id.slice(40)}=` : id;
}
