/**
 * A small reader of Discord's markdown, for what a text must not do: ping, link, format, or begin
 * a line of another kind. Source: Discord's help on markdown and its documentation of message
 * formatting, 2026-08.
 */
export interface Seen {
  /** What is read on the screen, escapes resolved. */
  readonly text: string;
  /** Everything that has an effect, as it stands in the text. */
  readonly effects: readonly string[];
}

const FIRST_HIDDEN = 0xe000;

const effects: readonly RegExp[] = [
  /<@[!&]?\d+>/g,
  /<#\d+>/g,
  /<\/[^<>]+:\d+>/g,
  /<id:\w+>/g,
  /<a?:\w+:\d+>/g,
  /<t:-?\d+(?::\w)?>/g,
  /@(?:everyone|here)/gi,
  /(?:https?|steam|discord):\/\/\S+/gi,
  /discord(?:app)?\.(?:gg|com)\/\S+/gi,
  /\[[^\]]*\]\([^)]*\)/g,
  /`+/g,
  /\*+|_+|~~|\|\|/g,
  /^(?:#{1,3} |-# |> |>>> |[-*+] |\d+[.)] ).*/gm,
];

export function seen(markdown: string): Seen {
  const hidden: string[] = [];
  const bare = markdown.replace(/\\([^0-9A-Za-z\s])/gu, (_, kept: string) => {
    hidden.push(kept);
    return String.fromCharCode(FIRST_HIDDEN + (hidden.length % 0x1800));
  });
  const found = effects.flatMap((effect) => [...bare.matchAll(effect)].map(([all]) => all));
  const text = markdown.replace(/\\([^0-9A-Za-z\s])/gu, '$1').replaceAll('\u200B', '');
  return { text, effects: found };
}

/** What Discord's server pings when nothing forbids it: backslashes do not count there. */
export function pingsWhenAllowed(markdown: string): readonly string[] {
  return markdown.match(/<@[!&]?\d+>|@everyone|@here/gi) ?? [];
}
