/** The language that a member reads, chosen by the locale that Discord names for them. */
import type { Requester } from '../../jobs/job.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { ja } from './words/ja.ts';
import { ptBR } from './words/ptBR.ts';

/** What has to be there in every language. */
export type Words = typeof en;

export interface Language {
  /** Discord's locales that read it. */
  readonly locales: readonly string[];
  readonly words: Words;
}

/** All but English, which stands where nothing else does. */
export const translations: readonly Language[] = [
  { locales: ['de'], words: de },
  { locales: ['fr'], words: fr },
  { locales: ['es-ES', 'es-419'], words: es },
  { locales: ['pt-BR'], words: ptBR },
  { locales: ['ja'], words: ja },
];

const byLocale = new Map(
  translations.flatMap(({ locales, words }) => locales.map((locale) => [locale, words] as const)),
);

export function wordsFor(locale: string | null): Words {
  return (locale === null ? undefined : byLocale.get(locale)) ?? en;
}

/** Of whoever asked for the job, used the command or pressed the button. */
export function wordsOf({ requester }: { readonly requester: Pick<Requester, 'locale'> }): Words {
  return wordsFor(requester.locale);
}
