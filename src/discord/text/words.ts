/** The language that a member reads, chosen by the locale that Discord names for them. */
import type { Requester } from '../../jobs/job.ts';
import { en } from './words/en.ts';

/** What has to be there in every language. */
export type Words = typeof en;

export interface Language {
  /** Discord's locales that read it. */
  readonly locales: readonly string[];
  readonly words: Words;
}

/** All but English, which stands where nothing else does. */
export const translations: readonly Language[] = [];

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
