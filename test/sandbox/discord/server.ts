import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerIssues, type Issue, requestIssues, told, unknownFields } from './described.ts';
import type { FaultPlan, Faults } from './faults.ts';
import { serveFile } from './files.ts';
import type { Files } from './forms.ts';
import type { JournalEntry } from './journal.ts';
import type { Upload } from './people.ts';
import type { Rates } from './rates.ts';
import {
  type Complaint,
  invalidForm,
  notFound,
  Refusal,
  refuse,
  unauthorized,
} from './refusals.ts';
import { type Answer, findRoute, type Rate, type Route } from './route.ts';
import { ROUTES_BY_BOT } from './routes-by-bot.ts';
import { ROUTES_BY_TOKEN } from './routes-by-token.ts';
import type { World } from './world.ts';

export interface Desk {
  world: World;
  faults: Faults;
  /** Undefined: no limits at all. */
  rates: Rates | undefined;
  /** Whether all interactions of a channel share a limit too. */
  perChannel: boolean;
  journal: JournalEntry[];
  /** Where requests or answers differ from Discord's published description. */
  violations: string[];
  validate: boolean;
  botToken(): string;
  /** Set once the stand-in is closing; late answers are dropped. */
  signal: AbortSignal;
}

const ROUTES = [...ROUTES_BY_TOKEN, ...ROUTES_BY_BOT];
const API = '/api/v10';

export function createHttp(desk: Desk): Server {
  const server = createServer((request, response) => {
    answer(desk, request, response).catch((error) => {
      // Whoever sent this is gone, perhaps killed; or we are closing.
      if (desk.signal.aborted || response.destroyed) return;
      desk.violations.push(`the stand-in itself failed: ${(error as Error).stack}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  return server;
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse) {
  response.setHeader('date', new Date(desk.world.now()).toUTCString());
  const url = new URL(request.url ?? '/', desk.world.origin);
  if (url.pathname.startsWith('/cdn/'))
    return serveFile(desk.world, url, request.headers.range, response);
  const method = request.method ?? 'GET';
  const path = url.pathname.startsWith(`${API}/`) ? url.pathname.slice(API.length) : url.pathname;
  const found = path === url.pathname ? undefined : findRoute(ROUTES, method, path);
  const { body, files, isBroken } = await read(request);
  const entry: JournalEntry = {
    at: desk.world.now(),
    method,
    route: found?.route.template ?? '',
    path,
    query: url.searchParams,
    status: undefined,
    body,
    files: [...files.values()].map(({ filename, bytes }) => ({
      name: filename,
      sizeBytes: bytes.byteLength,
    })),
    auth: authOf(request, desk.botToken()),
  };
  desk.journal.push(entry);
  const fault = found && desk.faults.meet(found.route.operation, entry);
  if (fault?.when === 'before' && (await faulted(fault, entry, response, desk.signal))) return;
  const result = outcome(desk, entry, found, body, files, isBroken);
  if (fault?.when === 'after' && (await faulted(fault, entry, response, desk.signal))) return;
  entry.status = result.status;
  send(response, result);
}

type Result = Answer & { headers: Record<string, string> };

function outcome(
  desk: Desk,
  entry: JournalEntry,
  found: { route: Route; params: Record<string, string> } | undefined,
  body: unknown,
  files: Files,
  isBroken: boolean,
): Result {
  let headers: Record<string, string> = {};
  try {
    if (!found) {
      desk.violations.push(`${entry.method} ${entry.path} is no route of this stand-in`);
      throw entry.path.startsWith('/api/') ? refuse(400, 50041) : notFound();
    }
    const { route, params } = found;
    if (route.byBot ? entry.auth !== 'bot' : entry.auth === 'other') throw unauthorized();
    if (route.rate && desk.rates) headers = limited(desk, desk.rates, route, params);
    if (isBroken)
      throw new Refusal(400, { message: 'The request body contains invalid JSON.', code: 50109 });
    if (desk.validate) noteUnknown(desk, entry, body);
    const issues = requestIssues(entry.method, route.template, body);
    if (issues.length > 0) {
      if (desk.validate)
        desk.violations.push(
          ...issues.map((issue) => `request ${entry.method} ${route.template}: ${told(issue)}`),
        );
      throw invalidForm(issues.map(complaint));
    }
    const request = { params, query: entry.query, body, files };
    const result = route.handle(desk.world, request);
    return checked(desk, entry, { ...result, headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, body: refusal, headers: more } = error;
    return checked(desk, entry, { status, body: refusal, headers: { ...headers, ...more } });
  }
}

function noteUnknown(desk: Desk, entry: JournalEntry, body: unknown): void {
  for (const field of unknownFields(entry.method, entry.route, body))
    desk.violations.push(`request ${entry.method} ${entry.route}: ${field} is unknown`);
}

function checked(desk: Desk, entry: JournalEntry, result: Result): Result {
  if (!desk.validate || typeof result.body === 'string' || !entry.route) return result;
  // What goes out is JSON: fields that are undefined are not there.
  const sent = result.body === undefined ? undefined : JSON.parse(JSON.stringify(result.body));
  for (const issue of answerIssues(entry.method, entry.route, result.status, sent))
    desk.violations.push(`answer ${result.status} to ${entry.method} ${entry.route}: ${issue}`);
  return result;
}

const ALL_OF_CHANNEL: Rate = {
  bucket: 'by-token-in-channel',
  per: 'channel',
  count: 30,
  withinMs: 60_000,
};

function limited(desk: Desk, rates: Rates, route: Route, params: Record<string, string>) {
  const rate = route.rate;
  if (!rate) return {};
  const token = params.webhook_token ?? '';
  const allowed = rates.use(rate, rate.per === 'token' ? token : (params.channel_id ?? ''));
  if (allowed.retryAfterMs !== undefined) throw tooMany(allowed.headers, allowed.retryAfterMs);
  if (!desk.perChannel || rate.per !== 'token') return allowed.headers;
  const channel = desk.world.interactions.get(token)?.in;
  const { retryAfterMs } = rates.use(ALL_OF_CHANNEL, channel?.id ?? '');
  // Nothing announces this limit; it is met without a warning.
  if (retryAfterMs !== undefined) throw tooMany({}, retryAfterMs, 'shared');
  return allowed.headers;
}

function tooMany(headers: Record<string, string>, waitMs: number, scope = 'user'): Refusal {
  const retry_after = Math.ceil(waitMs) / 1_000;
  return new Refusal(
    429,
    { message: 'You are being rate limited.', code: 0, retry_after, global: false },
    {
      ...headers,
      'retry-after': String(Math.ceil(retry_after)),
      'x-ratelimit-scope': scope,
    },
  );
}

const CODES: Record<string, (issue: Issue) => [code: string, message: string]> = {
  too_big: ({ maximum }) => ['BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`],
  too_small: ({ minimum }) => ['BASE_TYPE_MIN_LENGTH', `Must be ${minimum} or more in length.`],
  invalid_type: () => ['BASE_TYPE_REQUIRED', 'This field is required'],
  invalid_value: () => ['BASE_TYPE_CHOICES', 'Value must be one of the known ones.'],
  invalid_union: () => ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of the known.'],
  invalid_format: () => ['BASE_TYPE_BAD_FORMAT', 'The value has a wrong form.'],
};

function complaint(issue: Issue): Complaint {
  const [code, message] = CODES[issue.kind]?.(issue) ?? ['BASE_TYPE_BAD', 'Invalid value.'];
  return { path: issue.path, code, message };
}

/** True where the fault has answered in place of the route. */
async function faulted(
  fault: FaultPlan,
  entry: JournalEntry,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<boolean> {
  const { answer } = fault;
  if (answer === 'hang') return true;
  if (answer === 'reset') {
    entry.status = 0;
    response.socket?.resetAndDestroy();
    return true;
  }
  if ('delayMs' in answer) {
    await wait(answer.delayMs, undefined, { signal });
    return false;
  }
  entry.status = answer.status;
  const { status, html, headers = {} } = answer;
  if (html === undefined) send(response, { status, body: answer.body, headers });
  else send(response, { status, body: html, headers: { 'content-type': 'text/html', ...headers } });
  return true;
}

function send(response: ServerResponse, { status, body, headers }: Result): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}

function authOf(request: IncomingMessage, botToken: string): JournalEntry['auth'] {
  const given = request.headers.authorization;
  if (given === undefined) return 'none';
  return given === `Bot ${botToken}` ? 'bot' : 'other';
}

async function read(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const files = new Map<string, Upload>();
  const json = (text: string) => {
    try {
      return { body: JSON.parse(text) as unknown, files, isBroken: false };
    } catch {
      return { body: undefined, files, isBroken: true };
    }
  };
  if (raw.length === 0) return { body: undefined, files, isBroken: false };
  if (!type.startsWith('multipart/form-data')) return json(raw.toString());
  const form = await new Response(raw, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  if (!form) return { body: undefined, files, isBroken: true };
  for (const [name, value] of form) {
    const number = name.match(/^files?\[(\d+)\]$/)?.[1] ?? name.match(/^file(\d*)$/)?.[1];
    if (typeof value === 'string' || number === undefined) continue;
    files.set(number || '0', {
      filename: value.name,
      contentType: value.type,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  const payload = form.get('payload_json');
  return typeof payload === 'string' ? json(payload) : { body: {}, files, isBroken: false };
}
