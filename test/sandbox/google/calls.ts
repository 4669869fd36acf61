import type { Google } from './google.ts';
import type { Face, Json } from './wire.ts';

/** Plain calls, as a client of either face makes them. For the stand-in's own tests. */
export function callsTo(google: Google, face: Face) {
  const base = face === 'proxy' ? `${google.url}/gemini/v1beta` : `${google.upstreamUrl}/v1beta`;
  const call = async (method: string, path: string, body?: unknown, headers: object = {}) => {
    const withKey = face === 'google' ? `${path}${path.includes('?') ? '&' : '?'}key=g` : path;
    return fetch(`${base}/${withKey}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(face === 'proxy' && { 'x-goog-api-key': 'sk-anything' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
  const readJson = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, body: (await response.json()) as Json };
  };
  return {
    call,
    get: (path: string) => readJson(call('GET', path)),
    post: (path: string, body?: unknown) => readJson(call('POST', path, body)),
    delete: (path: string) => readJson(call('DELETE', path)),
    submitOmni: (patch: Json = {}) => readJson(call('POST', 'interactions', omniBody(patch))),
    submitVeo: (patch: VeoPatch = {}) =>
      readJson(call('POST', `models/${patch.model ?? VEO}:predictLongRunning`, veoBody(patch))),
    pollOmni: (id: string) => readJson(call('GET', `interactions/${encodeURIComponent(id)}`)),
    download: (fileId: string, headers: object = {}) =>
      call('GET', `files/${fileId}:download?alt=media`, undefined, headers),
  };
}

export const OMNI = 'gemini-omni-1.2-flash';
export const VEO = 'veo-3.1-fast-generate-preview';

export function omniBody(patch: Json = {}): Json {
  return {
    model: OMNI,
    input: 'a cat playing with yarn',
    background: true,
    response_format: { type: 'video', delivery: 'uri', duration: '3s' },
    ...patch,
  };
}

type VeoPatch = { model?: string; instance?: Json; parameters?: Json; top?: Json };

export function veoBody(patch: VeoPatch = {}): Json {
  return {
    instances: [{ prompt: 'a cat playing with yarn', ...patch.instance }],
    parameters: { durationSeconds: 4, aspectRatio: '16:9', ...patch.parameters },
    ...patch.top,
  };
}

/** The smallest PNG: one pixel. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
