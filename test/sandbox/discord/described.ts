import * as published from 'discord-api-spec/zod';
import { z } from 'zod';

/**
 * Compares requests and answers with the API description that Discord publishes.
 * Source: Discord's OpenAPI document for API v10, as schemas, build 266135 of 2026-10.
 * Shapes only: what is allowed in which state is not in that document.
 */
export interface Issue {
  path: (string | number)[];
  /** The schema library's word for it, e.g. `too_big`. */
  kind: string;
  sentence: string;
  /** The longest or largest allowed, where that is the complaint. */
  maximum?: number;
  minimum?: number;
}

interface SchemaIssue {
  code: string;
  path: PropertyKey[];
  message: string;
  errors?: SchemaIssue[][];
  origin?: string;
  maximum?: number;
  minimum?: number;
  values?: unknown[];
  expected?: string;
}
interface Schema {
  safeParse(
    value: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: SchemaIssue[] } };
}
/** Not in the document, by what bots have seen it answer. */
const seen = {
  RefreshedLinksSchema: z.object({
    refreshed_urls: z.array(z.object({ original: z.string(), refreshed: z.string() })),
  }),
};
const schemas = { ...published, ...seen } as unknown as Record<string, Schema>;

/** `[]` behind a name: a list of it. Several names: any of them. */
interface Described {
  request?: readonly string[];
  answer: readonly string[];
}
const message = ['MessageResponse'];
const commands: Described = { answer: ['ApplicationCommandResponse[]'] };
const putCommands: Described = {
  request: ['ApplicationCommandUpdateRequest[]'],
  answer: ['ApplicationCommandResponse[]'],
};
const postCommand: Described = {
  request: ['ApplicationCommandCreateRequest'],
  answer: ['ApplicationCommandResponse'],
};
const channel = ['GuildChannelResponse', 'PrivateChannelResponse', 'ThreadResponse'];
const application: Described = { answer: ['PrivateApplicationResponse'] };
const nothing: Described = { answer: [] };
const editByToken: Described = {
  request: ['IncomingWebhookUpdateRequestPartial'],
  answer: message,
};

const ROUTES: Record<string, Described> = {
  'GET /applications/@me': application,
  'GET /oauth2/applications/@me': application,
  'GET /applications/{application_id}/commands': commands,
  'PUT /applications/{application_id}/commands': putCommands,
  'POST /applications/{application_id}/commands': postCommand,
  'DELETE /applications/{application_id}/commands/{command_id}': nothing,
  'GET /applications/{application_id}/guilds/{guild_id}/commands': commands,
  'PUT /applications/{application_id}/guilds/{guild_id}/commands': putCommands,
  'POST /applications/{application_id}/guilds/{guild_id}/commands': postCommand,
  'DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}': nothing,
  'GET /applications/{application_id}/entitlements': { answer: ['EntitlementResponse[]'] },
  'GET /channels/{channel_id}': { answer: channel },
  'GET /channels/{channel_id}/messages': { answer: ['MessageResponse[]'] },
  'POST /channels/{channel_id}/messages': { request: ['MessageCreateRequest'], answer: message },
  'GET /channels/{channel_id}/messages/{message_id}': { answer: message },
  'PATCH /channels/{channel_id}/messages/{message_id}': {
    request: ['MessageEditRequestPartial'],
    answer: message,
  },
  'DELETE /channels/{channel_id}/messages/{message_id}': nothing,
  'POST /channels/{channel_id}/typing': nothing,
  'POST /attachments/refresh-urls': { answer: ['RefreshedLinks'] },
  'GET /gateway': { answer: ['GatewayResponse'] },
  'GET /gateway/bot': { answer: ['GatewayBotResponse'] },
  'GET /guilds/{guild_id}': { answer: ['GuildWithCountsResponse'] },
  'GET /guilds/{guild_id}/channels': { answer: ['GuildChannelResponse[]'] },
  'GET /guilds/{guild_id}/roles': { answer: ['GuildRoleResponse[]'] },
  'GET /guilds/{guild_id}/members/{user_id}': { answer: ['GuildMemberResponse'] },
  'POST /interactions/{interaction_id}/{interaction_token}/callback': {
    request: [
      'CreateMessageInteractionCallbackRequest',
      'UpdateMessageInteractionCallbackRequest',
      'ApplicationCommandAutocompleteCallbackRequest',
      'ModalInteractionCallbackRequest',
    ],
    answer: ['InteractionCallbackResponse'],
  },
  'GET /users/@me': { answer: ['UserPIIResponse'] },
  'GET /users/{user_id}': { answer: ['UserResponse'] },
  'GET /users/@me/guilds': { answer: ['MyGuildResponse[]'] },
  'POST /users/@me/channels': {
    request: ['CreatePrivateChannelRequest'],
    answer: ['PrivateChannelResponse'],
  },
  'POST /webhooks/{webhook_id}/{webhook_token}': {
    request: ['IncomingWebhookRequestPartial'],
    answer: message,
  },
  'GET /webhooks/{webhook_id}/{webhook_token}/messages/@original': { answer: message },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': editByToken,
  'DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original': nothing,
  'GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { answer: message },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': editByToken,
  'DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': nothing,
};

/** What of a request's JSON the description refuses; such a request is answered with 50035. */
export function requestIssues(method: string, route: string, body: unknown): Issue[] {
  const names = ROUTES[`${method} ${route}`]?.request;
  if (!names) return [];
  return against(names, lenient(body)).issues;
}

/**
 * Fields of a request that the description does not know. Discord ignores them silently. What is
 * false is let through: the usual client sends `tts` and `enforce_nonce` so on every route.
 */
export function unknownFields(method: string, route: string, body: unknown): string[] {
  const names = ROUTES[`${method} ${route}`]?.request;
  if (!names) return [];
  const { issues, read } = against(names, lenient(body));
  return issues.length > 0 ? [] : leftOut(body, read, '');
}

/** What is wrong with an answer: its status, its form, or a field the description lacks. */
export function answerIssues(
  method: string,
  route: string,
  status: number,
  body: unknown,
): string[] {
  const described = ROUTES[`${method} ${route}`];
  if (!described) return [`${method} ${route} is not a route of the description`];
  if (status >= 500) return [];
  if (status === 429) return against(['RatelimitedResponse'], body).issues.map(told);
  // Without the tree of `errors`: the document has numbers for its codes, Discord sends words.
  if (status >= 400) return against(['Error'], body).issues.map(told);
  if (status === 204) return body === undefined ? [] : ['a 204 has no body'];
  if (described.answer.length === 0) return [`answers ${status} where 204 is described`];
  const { issues, read } = against(described.answer, body);
  return issues.length > 0
    ? issues.map(told)
    : leftOut(body, read, '').map((f) => `${f} is unknown`);
}

export function told(issue: Issue): string {
  return `${issue.path.join('.') || 'the body'}: ${issue.sentence}`;
}

function against(names: readonly string[], body: unknown): { issues: Issue[]; read: unknown } {
  const failed: Issue[][] = [];
  for (const name of names) {
    const { issues, read } = name.endsWith('[]')
      ? listOf(schema(name.slice(0, -2)), body)
      : one(schema(name), body);
    if (issues.length === 0) return { issues, read };
    failed.push(issues);
  }
  return { issues: nearest(failed), read: undefined };
}

function schema(name: string): Schema {
  const found = schemas[`${name}Schema`];
  if (!found) throw new Error(`The description has no ${name}`);
  return found;
}

function one(known: Schema, body: unknown): { issues: Issue[]; read: unknown } {
  const result = known.safeParse(body);
  if (result.success) return { issues: [], read: result.data };
  return { issues: result.error.issues.flatMap((issue) => flat(issue, [])), read: undefined };
}

function listOf(known: Schema, body: unknown): { issues: Issue[]; read: unknown } {
  if (!Array.isArray(body))
    return { issues: [{ path: [], kind: 'invalid_type', sentence: 'not a list' }], read: [] };
  const each = body.map((item) => one(known, item));
  return {
    issues: each.flatMap(({ issues }, index) =>
      issues.map((issue) => ({ ...issue, path: [index, ...issue.path] })),
    ),
    read: each.map(({ read }) => read),
  };
}

function flat(issue: SchemaIssue, before: (string | number)[]): Issue[] {
  const path = [
    ...before,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  if (issue.code === 'invalid_union' && issue.errors && issue.errors.length > 0)
    return nearest(
      issue.errors.map((branch) => branch.flatMap((inner) => flat(inner, path))),
      path,
    );
  const limit = issue.maximum ?? issue.minimum;
  const wanted = issue.expected ?? issue.values?.join(' or ');
  const sentence = [issue.code, issue.origin, limit, wanted && `wanted ${wanted}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return [
    {
      path,
      kind: issue.code,
      sentence,
      ...(issue.maximum === undefined ? {} : { maximum: issue.maximum }),
      ...(issue.minimum === undefined ? {} : { minimum: issue.minimum }),
    },
  ];
}

/** Of the alternatives of a union, the one that was meant: its `type` fits, or it fails least. */
function nearest(alternatives: Issue[][], at: (string | number)[] = []): Issue[] {
  const rightType = alternatives.filter(
    (issues) => !issues.some((i) => i.path.length === at.length + 1 && i.path.at(-1) === 'type'),
  );
  const candidates = rightType.length > 0 ? rightType : alternatives;
  return candidates.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/**
 * Discord takes some values in a second form that the document does not mention: ids as numbers,
 * permissions as strings (the only form its own libraries send).
 */
function lenient(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => lenient(item, `${name}[]`));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        name === 'attachments[]' && key === 'id' ? String(item) : lenient(item, key),
      ]),
    );
  if (name === 'default_member_permissions' && typeof value === 'string') return Number(value);
  return value;
}

function leftOut(sent: unknown, read: unknown, at: string): string[] {
  if (Array.isArray(sent) && Array.isArray(read))
    return sent.flatMap((item, index) => leftOut(item, read[index], `${at}[${index}]`));
  if (!isObject(sent) || !isObject(read)) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const path = at ? `${at}.${key}` : key;
    if (key in read) return leftOut(value, read[key], path);
    return value === false ? [] : [path];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
