import type { CallKind } from './wire.ts';

export type Route = {
  kind: CallKind;
  /** Of a submit by predictLongRunning; an interaction names its model in the body. */
  model?: string;
  /** Of a poll, cancel or delete: the interaction's id or the operation's whole name. */
  operation?: string;
  file?: string;
};

const SHAPES: { method: string; path: RegExp; route: (...parts: string[]) => Route }[] = [
  { method: 'POST', path: /^interactions$/, route: () => ({ kind: 'submit' }) },
  {
    method: 'GET',
    path: /^interactions\/([^/]+)$/,
    route: (operation = '') => ({ kind: 'poll', operation }),
  },
  {
    method: 'DELETE',
    path: /^interactions\/([^/]+)$/,
    route: (operation = '') => ({ kind: 'delete', operation }),
  },
  {
    method: 'POST',
    path: /^interactions\/([^/]+)\/cancel$/,
    route: (operation = '') => ({ kind: 'cancel', operation }),
  },
  {
    method: 'POST',
    path: /^models\/([^/]+?)(?::|%3A)predictLongRunning$/i,
    route: (model = '') => ({ kind: 'submit', model }),
  },
  {
    method: 'GET',
    path: /^models\/([^/]+)\/operations\/([^/:]+)$/,
    route: (model, id) => ({ kind: 'poll', operation: `models/${model}/operations/${id}` }),
  },
  { method: 'GET', path: /^models$/, route: () => ({ kind: 'models' }) },
  { method: 'GET', path: /^files$/, route: () => ({ kind: 'file' }) },
  {
    method: 'GET',
    path: /^files\/([^/]+?)(?::|%3A)download$/i,
    route: (file = '') => ({ kind: 'download', file }),
  },
  { method: 'GET', path: /^files\/([^/:]+)$/, route: (file = '') => ({ kind: 'file', file }) },
];

/** `path` as sent, from `/v1beta/` or `/v1/` on; ids in it are still percent-encoded. */
export function routeOf(method: string, path: string): Route {
  const rest = /^\/v1(?:beta)?\/(.+)$/.exec(path)?.[1];
  if (rest === undefined) return { kind: 'other' };
  for (const shape of SHAPES) {
    const found = shape.method === method && shape.path.exec(rest);
    if (!found) continue;
    try {
      return shape.route(...found.slice(1).map(decodeURIComponent));
    } catch {
      return { kind: 'other' };
    }
  }
  return { kind: 'other' };
}
