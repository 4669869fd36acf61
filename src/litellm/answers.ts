/**
 * Reads who answered and what was said, in all the shapes that come through the proxy:
 * - LiteLLM's own: `{"error":{"message","type","param","code":"400"}}`; only these have a `type`.
 * - its routes': `{"detail":"Not Found"}`, or `{"detail":{"error":"…"}}`.
 * - Google's front end: `{"error":{"code":429,"message","status","details":[…]}}`, or that in an array.
 * - the interactions service: `{"error":{"message","code":"invalid_request"}}`.
 * - any of Google's as text inside LiteLLM's `error.message` (older proxies).
 * - a page of HTML, or anything else.
 * Source: a real proxy (LiteLLM 1.102.4) before a local upstream, and recorded exchanges with the live
 * API, 2026-10 and 2026-11.
 */

import { list, object, text } from './loose.ts';

export interface Told {
  readonly from: 'litellm' | 'route' | 'google' | 'interactions' | 'html' | 'unknown';
  readonly status: number;
  /** LiteLLM's `type`, or Google's `status`. */
  readonly type: string | null;
  readonly message: string;
  /** Google's `details[].reason`. */
  readonly reasons: readonly string[];
  readonly retryAfterMs: number | null;
}

interface Head {
  readonly status: number;
  header(name: string): string | null;
}

/** Enough for every error answer; what is longer is cut and read as `unknown`. */
export const MOST_ERROR_BYTES = 256 * 1024;

export function told(head: Head, body: string): Told {
  const json = parsed(body);
  const read = json === undefined ? noJson(body, head.status) : fromJson(json, head.status);
  return {
    ...read,
    message: read.message.trim(),
    retryAfterMs: retryAfterMs(head, json, read.message),
  };
}

type Read = Omit<Told, 'retryAfterMs'>;

function noJson(body: string, status: number): Read {
  const html = /^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(body);
  return { from: html ? 'html' : 'unknown', status, type: null, message: '', reasons: [] };
}

function fromJson(json: unknown, status: number): Read {
  const top = object(Array.isArray(json) ? json[0] : json);
  const nothing = { status, type: null, reasons: [] };
  if (top === null) return { ...nothing, from: 'unknown', message: '' };
  const detail = top.detail;
  if (detail === 'Not Found' || detail === 'Method Not Allowed') {
    return { ...nothing, from: 'route', message: detail };
  }
  if (detail !== undefined) {
    return {
      ...nothing,
      from: 'litellm',
      message: typeof detail === 'string' ? detail : JSON.stringify(detail),
    };
  }
  const error = object(top.error);
  if (error === null) {
    const message = text(top.error) ?? text(top.message) ?? '';
    return { ...nothing, from: 'unknown', message };
  }
  const message = text(error.message) ?? '';
  const type = text(error.type);
  if (type !== null || /^\d+$/.test(text(error.code) ?? '')) {
    return wrapped(message, status) ?? { ...nothing, from: 'litellm', type, message };
  }
  if (typeof error.code === 'number' || typeof error.status === 'string') {
    return {
      ...nothing,
      from: 'google',
      type: text(error.status),
      message,
      reasons: reasons(error),
    };
  }
  if (typeof error.code === 'string') return { ...nothing, from: 'interactions', message };
  return wrapped(message, status) ?? { ...nothing, from: 'unknown', message };
}

/** Google's JSON as text in a message, also as Python prints its bytes. */
function wrapped(message: string, status: number): Read | null {
  const start = message.indexOf('{');
  const end = message.lastIndexOf('}');
  if (start < 0 || end <= start) return null;
  const inside = message.slice(start, end + 1);
  const json = parsed(inside) ?? parsed(inside.replace(/\\([nrt'\\])/g, unescaped));
  const error = object(object(json)?.error);
  if (error === null) return null;
  const code = error.code;
  const own = typeof code === 'number' && code >= 400 && code <= 599 ? code : status;
  const read = fromJson(json, own);
  return read.from === 'unknown' ? null : read;
}

function unescaped(_: string, letter: string): string {
  return letter === 'n' || letter === 'r' || letter === 't' ? ' ' : letter;
}

function retryAfterMs(head: Head, json: unknown, message: string): number | null {
  const header = head.header('retry-after');
  if (header !== null && /^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1_000;
  const delay = list(object(object(Array.isArray(json) ? json[0] : json)?.error)?.details)
    .map((detail) => text(object(detail)?.retryDelay) ?? '')
    .find((found) => /^\d+(\.\d+)?s$/.test(found));
  if (delay !== undefined) return Math.ceil(Number(delay.slice(0, -1)) * 1_000);
  const said = /retry in (\d+(?:\.\d+)?)(ms|s)\b/i.exec(message);
  if (said !== null) return Math.ceil(Number(said[1]) * (said[2] === 'ms' ? 1 : 1_000));
  return untilReset(head, message);
}

/** LiteLLM's own rate limit has no Retry-After, only an hour; both times are its own. */
function untilReset(head: Head, message: string): number | null {
  const reset = /resets at:?\s*(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)/i.exec(message)?.[1];
  const date = Date.parse(head.header('date') ?? '');
  if (reset === undefined || Number.isNaN(date)) return null;
  const waitMs = Date.parse(`${reset.replace(' ', 'T')}Z`) - date;
  return waitMs > 0 && waitMs < 86_400_000 ? waitMs : null;
}

function reasons(error: Record<string, unknown>): string[] {
  return list(error.details)
    .map((detail) => text(object(detail)?.reason))
    .filter((reason) => reason !== null);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
