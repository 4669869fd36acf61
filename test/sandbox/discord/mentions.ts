/** As sent in a message. */
export interface AllowedMentions {
  parse?: string[];
  users?: string[];
  roles?: string[];
  replied_user?: boolean;
}

interface Mentioned {
  /** User ids, in order. */
  users: string[];
  roles: string[];
  everyone: boolean;
}

/** Where nothing is said, webhooks and interactions mention users only, the bot everything. */
export const SAID_NOTHING = {
  webhook: { parse: ['users'] },
  bot: { parse: ['users', 'roles', 'everyone'], replied_user: true },
} satisfies Record<string, AllowedMentions>;

/**
 * Whom a text mentions, as far as `allowed` lets it. Text in code blocks mentions nobody; a
 * backslash before a mention does not help.
 */
export function mentionsIn(content: string, allowed: AllowedMentions): Mentioned {
  const text = content
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, ' ');
  const parse = new Set(allowed.parse ?? []);
  const may = (kind: 'users' | 'roles', id: string) =>
    parse.has(kind) || (allowed[kind]?.includes(id) ?? false);
  return {
    users: idsIn(text, /<@!?(\d+)>/g).filter((id) => may('users', id)),
    roles: idsIn(text, /<@&(\d+)>/g).filter((id) => may('roles', id)),
    everyone: parse.has('everyone') && /@(everyone|here)/.test(text),
  };
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}
