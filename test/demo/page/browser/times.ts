/** Times as Discord's client writes them; the relative ones count by themselves. */
import { h } from './dom.ts';

const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};
const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export function timestamp(unix: number, style: string, locale: string): HTMLElement {
  const element = h('discord-time', { title: new Date(unix * 1000).toLocaleString(locale) });
  element.dataset.unix = String(unix);
  element.dataset.style = style;
  element.dataset.locale = locale;
  element.textContent = written(unix, style, locale);
  return element;
}

function written(unix: number, style: string, locale: string): string {
  if (style !== 'R') return new Intl.DateTimeFormat(locale, FORMATS[style]).format(unix * 1000);
  const seconds = Math.round(unix - Date.now() / 1000);
  const [unit, size] = STEPS.find(([, of]) => Math.abs(seconds) >= of) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(
    Math.trunc(seconds / size),
    unit,
  );
}

export function countTimes(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-style="R"]')) {
      const { unix, locale } = element.dataset;
      const now = written(Number(unix), 'R', locale ?? 'en-US');
      if (element.textContent !== now) element.textContent = now;
    }
  }, 500);
}

/** Beside a message's author. */
export function sentAt(iso: string, locale: string): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso));
  const isToday = new Date(iso).toDateString() === new Date().toDateString();
  return isToday ? `Today at ${time}` : new Date(iso).toLocaleDateString(locale);
}
