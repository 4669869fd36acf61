/**
 * Discord's markdown as elements. Source: Discord's help on markdown and its documentation of
 * message formatting, 2026-08. What was written becomes text nodes, never HTML.
 */
import { h } from './dom.ts';
import { timestamp } from './times.ts';

export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
  readonly me: string;
  readonly locale: string;
}

export function markdown(content: string, names: Names): Node[] {
  return blocks(content.split('\n'), names);
}

const LIST = /^\s*(?:[-*+]|\d+\.) (.*)$/;

function blocks(lines: readonly string[], names: Names): Node[] {
  const made: Node[] = [];
  let isInLine = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const block = blockAt(lines, at, names);
    if (block === undefined) {
      if (isInLine) made.push(h('br'));
      made.push(...inline(line, names));
      isInLine = true;
      continue;
    }
    made.push(block.element);
    at += block.lines - 1;
    isInLine = false;
  }
  return made;
}

function blockAt(
  lines: readonly string[],
  at: number,
  names: Names,
): { element: Node; lines: number } | undefined {
  const line = lines[at] ?? '';
  const rest = lines.slice(at);
  if (line.startsWith('>>> ')) {
    const inside = [line.slice(4), ...rest.slice(1)];
    return { element: h('discord-quote', {}, ...blocks(inside, names)), lines: rest.length };
  }
  if (line.startsWith('> ')) {
    const end = rest.findIndex((one) => !one.startsWith('> '));
    const quoted = rest.slice(0, end < 0 ? rest.length : end);
    const inside = quoted.map((one) => one.slice(2));
    return { element: h('discord-quote', {}, ...blocks(inside, names)), lines: quoted.length };
  }
  if (line.startsWith('```')) {
    const end = rest.findIndex((one, index) => index > 0 && one.endsWith('```'));
    if (end > 0) {
      const code = [...rest.slice(1, end), rest[end]?.slice(0, -3)].join('\n').trimEnd();
      return { element: h('discord-code', { multiline: true }, code), lines: end + 1 };
    }
  }
  const heading = line.match(/^(#{1,3}) (.+)$/);
  if (heading?.[1] !== undefined) {
    const level = heading[1].length;
    return {
      element: h('discord-header', { level }, ...inline(heading[2] ?? '', names)),
      lines: 1,
    };
  }
  if (line.startsWith('-# '))
    return { element: h('discord-subscript', {}, ...inline(line.slice(3), names)), lines: 1 };
  if (LIST.test(line)) {
    const end = rest.findIndex((one) => !LIST.test(one));
    const items = rest.slice(0, end < 0 ? rest.length : end);
    const tag = /^\s*\d/.test(line) ? 'discord-ordered-list' : 'discord-unordered-list';
    const inside = items.map((one) =>
      h('discord-list-item', {}, ...inline(one.match(LIST)?.[1] ?? '', names)),
    );
    return { element: h(tag, {}, ...inside), lines: items.length };
  }
  return undefined;
}

type Rule = readonly [pattern: RegExp, make: (found: RegExpExecArray, names: Names) => Node];

/** Escaped characters inside do not end it. */
const INSIDE = '((?:\\\\[\\s\\S]|[^\\\\])+?)';
const wrapped = (
  mark: string,
  tag: 'discord-bold' | 'discord-italic' | 'discord-underlined' | 's',
): Rule => [
  new RegExp(`${mark}(?=\\S)${INSIDE}${mark}`, 'y'),
  ([, inner = ''], names) => h(tag, {}, ...inline(inner, names)),
];

const rules: readonly Rule[] = [
  [/\\([^0-9A-Za-z\s])/uy, ([, kept = '']) => document.createTextNode(kept)],
  [/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, ([, , code = '']) => h('discord-code', {}, code)],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    ([, unix, style = 'f'], { locale }) => timestamp(Number(unix), style, locale),
  ],
  [
    /<@!?(\d+)>/y,
    ([, id = ''], { users, me }) =>
      h('discord-mention', { type: 'user', highlight: id === me }, users.get(id) ?? 'unknown-user'),
  ],
  [
    /<#(\d+)>/y,
    ([, id = ''], { channels }) =>
      h('discord-mention', { type: 'channel' }, channels.get(id) ?? 'unknown'),
  ],
  [/<\/([^:<>]+):\d+>/y, ([, name = '']) => h('discord-mention', { type: 'slash' }, name)],
  [/<a?:(\w+):\d+>/y, ([, name = '']) => document.createTextNode(`:${name}:`)],
  [/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y, ([, text = '', url = '']) => link(text, url)],
  [/<(https?:\/\/[^\s>]+)>/y, ([, url = '']) => link(url, url)],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/y, ([url]) => link(url, url)],
  wrapped('\\*\\*', 'discord-bold'),
  wrapped('__', 'discord-underlined'),
  wrapped('~~', 's'),
  [
    new RegExp(`\\|\\|${INSIDE}\\|\\|`, 'y'),
    ([, inner = ''], names) => h('discord-spoiler', {}, ...inline(inner, names)),
  ],
  wrapped('\\*', 'discord-italic'),
  wrapped('\\b_', 'discord-italic'),
];

function inline(text: string, names: Names): Node[] {
  const made: Node[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') made.push(document.createTextNode(plain));
    plain = '';
  };
  scan: while (at < text.length) {
    for (const [pattern, make] of rules) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found === null) continue;
      const end = pattern.lastIndex;
      flush();
      made.push(make(found, names));
      at = end;
      continue scan;
    }
    const letter = String.fromCodePoint(text.codePointAt(at) ?? 0);
    plain += letter;
    at += letter.length;
  }
  flush();
  return made;
}

/** Shown and not followed: the page leads nowhere outside by itself, a person may. */
function link(text: string, url: string): HTMLElement {
  return h('a', { class: 'link', href: url, target: '_blank', rel: 'noopener noreferrer' }, text);
}
