import type { Operation } from './faults.ts';
import type { Files } from './forms.ts';
import type { World } from './world.ts';

export interface RouteRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  files: Files;
}
export interface Answer {
  status: number;
  body?: unknown;
}
/** How often a route may be used, counted per interaction token or per channel. */
export interface Rate {
  bucket: string;
  per: 'token' | 'channel';
  count: number;
  withinMs: number;
}
export interface Route {
  method: string;
  /** As Discord's documentation writes it, with `{names}`. */
  template: string;
  operation: Operation;
  /** Needs the bot's token; the other routes carry an interaction's. */
  byBot: boolean;
  rate?: Rate;
  /** @throws Refusal */
  handle(world: World, request: RouteRequest): Answer;
}

/** A route of the bot's own token, in one line. */
export type Row = [
  method: string,
  template: string,
  operation: Operation,
  handle: Route['handle'],
  rate?: Rate,
];

/** The route of a path below `/api/v10`, with what stands for its `{names}`. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const steps = path.split('/').map(decodeURIComponent);
  for (const route of routes) {
    if (route.method !== method) continue;
    const wanted = route.template.split('/');
    if (wanted.length !== steps.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((step, index) => {
      const given = steps[index] ?? '';
      if (!step.startsWith('{')) return step === given;
      params[step.slice(1, -1)] = given;
      return given !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}
