/** What Discord answers when it refuses. Codes and texts: Discord's documentation of 2026-08. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const SENTENCES = {
  10003: 'Unknown Channel',
  10004: 'Unknown Guild',
  10007: 'Unknown Member',
  10008: 'Unknown Message',
  10013: 'Unknown User',
  10015: 'Unknown Webhook',
  10062: 'Unknown interaction',
  10063: 'Unknown application command',
  30032: 'Maximum number of application commands reached (100)',
  30034: 'Max number of daily application command creates has been reached (200)',
  40005: 'Request entity too large',
  40058: 'Cannot send a message in a forum channel',
  40060: 'Interaction has already been acknowledged.',
  40094: 'Maximum number of follow-up messages for this interaction reached (5)',
  50001: 'Missing Access',
  50005: 'Cannot edit a message authored by another user',
  50006: 'Cannot send an empty message',
  50007: 'Cannot send messages to this user',
  50013: 'Missing Permissions',
  50027: 'Invalid Webhook Token',
  50033: 'Invalid Recipient(s)',
  50041: 'Invalid API version provided',
  50083: 'Thread is archived',
  50278: 'Cannot send messages to this user due to having no mutual guilds',
  160002: 'Cannot reply without permission to read message history',
  160005: 'This thread is locked',
} as const;

export function refuse(status: number, code: keyof typeof SENTENCES): Refusal {
  return new Refusal(status, { message: SENTENCES[code], code });
}

export const notFound = () => new Refusal(404, { message: '404: Not Found', code: 0 });
export const unauthorized = () => new Refusal(401, { message: '401: Unauthorized', code: 0 });

export interface Complaint {
  /** Where in the form, e.g. `['components', 0, 'label']`. */
  path: readonly (string | number)[];
  code: string;
  message: string;
}

/** 400/50035 with Discord's tree of errors: each field holds its own `_errors`. */
export function invalidForm(complaints: readonly Complaint[]): Refusal {
  const errors: Tree = {};
  for (const { path, code, message } of complaints) {
    let at = errors;
    for (const step of path) at = branch(at, String(step));
    const list = (at._errors ?? []) as unknown[];
    list.push({ code, message });
    at._errors = list;
  }
  return new Refusal(400, { message: 'Invalid Form Body', code: 50035, errors });
}

interface Tree {
  [name: string]: Tree | unknown[];
}

function branch(tree: Tree, name: string): Tree {
  const there = tree[name];
  if (there && !Array.isArray(there)) return there;
  const made: Tree = {};
  tree[name] = made;
  return made;
}
