/** Names and descriptions of commands in the language of the viewer's client. */
interface Named {
  readonly name: string;
  readonly description?: string | undefined;
  readonly name_localizations?: Readonly<Record<string, string>> | null | undefined;
  readonly description_localizations?: Readonly<Record<string, string>> | null | undefined;
}

export function localName(named: Named, locale: string): string {
  return named.name_localizations?.[locale] ?? named.name;
}

export function localDescription(named: Named, locale: string): string {
  return named.description_localizations?.[locale] ?? named.description ?? '';
}

/** Those that Discord's client can be set to, in their own words. */
export const LOCALES: readonly (readonly [locale: string, name: string])[] = [
  ['en-US', 'English'],
  ['de', 'Deutsch'],
  ['es-ES', 'Español'],
  ['fr', 'Français'],
  ['it', 'Italiano'],
  ['ja', '日本語'],
  ['ko', '한국어'],
  ['nl', 'Nederlands'],
  ['pl', 'Polski'],
  ['pt-BR', 'Português'],
  ['tr', 'Türkçe'],
  ['uk', 'Українська'],
  ['zh-CN', '中文'],
];
