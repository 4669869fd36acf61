/**
 * The kinds of value a setting can have. Each message goes on from the setting's name, "OPS_PORT
 * must be …", and never shows the value: a key pasted into the wrong line is a value too.
 */
import { z } from 'zod';
import { keyMistake, proxyBase } from '../litellm/base.ts';

const MICRO = 1_000_000;

export const trimmed = z.string().trim();

/** Of a file or folder; a settings file is read by no shell. */
export const path = trimmed.refine((text) => !/^~|^\$\{?[A-Z]/.test(text), {
  error: 'begins with what only a shell understands; write the whole path, like /home/ann/veo',
});

/** Of a setting that has no default, for it comes from somewhere else: `from` says where. */
export function secret(from: string) {
  return z
    .string({ error: `is missing: ${from}` })
    .trim()
    .regex(/^[\x21-\x7e]+$/, {
      error: 'holds characters it cannot have (a blank, or not ASCII); copy it alone',
    });
}

export function oneOf<const T extends readonly string[]>(values: T) {
  const named = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values);
  return trimmed.toLowerCase().pipe(z.enum(values, { error: `must be ${named}` }));
}

/** `what` with its unit, e.g. "a number of minutes". */
export function number(what: string, min: number, max: number) {
  const message = `must be ${what}, from ${min} to ${max}`;
  return trimmed
    .regex(/^\d+(\.\d+)?$/, { error: message })
    .transform(Number)
    .pipe(z.number().min(min, { error: message }).max(max, { error: message }));
}

export function wholeNumber(what: string, min: number, max: number) {
  const message = `must be ${what}, from ${min} to ${max}`;
  return number(what, min, max).refine(Number.isInteger, { error: message });
}

/** Without the slash at its end. */
export const webAddress = trimmed
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'must be an address that begins with http:// or https://',
  })
  .transform((text) => text.replace(/\/+$/, ''));

/** Paths are put behind it, which a query would swallow. */
export const baseAddress = webAddress.refine((text) => !/[?#]/.test(text), {
  error: 'must have no "?" or "#": paths like /hooks/ are put behind it',
});

const LONGEST_SHOWN = 400;

/** Stands in messages between `<` and `>`, beside what else a message has to hold. */
export const shownAddress = webAddress.refine(
  (text) => text.length <= LONGEST_SHOWN && !/[\s<>]/.test(text),
  {
    error: `must be an address of at most ${LONGEST_SHOWN} characters, without a blank, "<" or ">", so that Discord makes a link of it`,
  },
);

export const proxyAddress = trimmed.transform((text, context) => {
  const read = proxyBase(text);
  if (read.ok) return read.base;
  context.addIssue({ code: 'custom', message: read.mistake });
  return z.NEVER;
});

export const proxyKey = trimmed.superRefine((text, context) => {
  const mistake = keyMistake(text);
  if (mistake !== null) context.addIssue({ code: 'custom', message: mistake });
});

/** Comma-separated; blanks around a part and empty parts do not count. */
export const list = trimmed.transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

export const userIds = list.refine((ids) => ids.every((id) => /^\d{17,20}$/.test(id)), {
  error:
    'must be Discord user ids, each of 17 to 20 digits, with commas between (in Discord: Settings, Advanced, Developer Mode; then right-click a person, Copy User ID)',
});

/** Dollars in, micro-dollars out. */
export const usd = number('a sum in US dollars like 2.50', 0, 1_000_000).transform((dollars) =>
  Math.round(dollars * MICRO),
);

/**
 * By the name that IANA gives it. Node knows short names besides that mean one thing here and another
 * there (BST, CST), and differences to UTC, which know no summer time.
 */
export const timeZone = trimmed.transform((text, context) => {
  const isName = /^[a-z_]+(\/[\w+-]+)+$|^(utc|gmt)$/i.test(text);
  const known = isName ? knownZone(text) : null;
  if (known !== null) return known;
  context.addIssue({
    code: 'custom',
    message: 'must be the name of a time zone, like Europe/Berlin, America/New_York or UTC',
  });
  return z.NEVER;
});

/** As it is written; Node's own name can be an older one of the same zone. Null: no such zone. */
function knownZone(text: string): string | null {
  try {
    const { timeZone: found } = new Intl.DateTimeFormat('en', {
      timeZone: text,
    }).resolvedOptions();
    return found.toLowerCase() === text.toLowerCase() ? found : text;
  } catch {
    return null;
  }
}
