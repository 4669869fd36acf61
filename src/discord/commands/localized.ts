/** What Discord shows of a command in the languages other than English. Admins' stay English. */
import { translations, type Words } from '../text/words.ts';

type Texts = Readonly<Record<string, string>>;

/** By Discord's locale; nothing where there is no translation. */
function localizations(of: (words: Words) => string): Texts | null {
  const texts = translations.flatMap(({ locales, words }) =>
    locales.map((locale) => [locale, of(words)] as const),
  );
  return texts.length === 0 ? null : Object.fromEntries(texts);
}

export function localizedName(of: (words: Words) => string) {
  const name_localizations = localizations(of);
  return name_localizations === null ? {} : { name_localizations };
}

export function localizedDescription(of: (words: Words) => string) {
  const description_localizations = localizations(of);
  return description_localizations === null ? {} : { description_localizations };
}

/** An option of a command: its name on the wire, and how it is called and described elsewhere. */
export function localizedOption(
  of: (words: Words) => { readonly name: string; readonly description: string },
) {
  return {
    ...localizedName((words) => of(words).name),
    ...localizedDescription((words) => of(words).description),
  };
}
