/**
 * Other people's text made harmless: a prompt, or the service's own words. It is shown as typed,
 * but pings nobody, links nowhere, formats nothing and cannot leave its line.
 *
 * Discord takes a backslash before any character that is neither a letter, a digit nor a space as
 * "show this one as it is". That is also why every slash is escaped: it breaks links with a
 * scheme and bare invitations alike.
 */

/** Discord's limits in characters. UTF-16 units are counted here, never fewer than Discord counts. */
export const CONTENT_MAX = 2000;
export const ALT_TEXT_MAX = 1024;
export const BUTTON_MAX = 80;

/** About two lines on a wide screen. */
const QUOTE_GRAPHEMES = 160;
/** A letter with a pile of marks on it is drawn over the neighbouring lines. */
const GRAPHEME_MAX = 32;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * One line of harmless markdown: at most `maxGraphemes` characters as people count them, and four
 * times as many UTF-16 units, escapes included.
 */
export function quote(text: string, maxGraphemes: number = QUOTE_GRAPHEMES): string {
  return escapeMarkdown(cut(plain(text), maxGraphemes, maxGraphemes * 2));
}

/**
 * A quotation with something behind it on its line: isolated where it has letters that run from right to
 * left, which would otherwise draw the figures behind it, a price too, to their other side.
 */
export function amid(quotation: string): string {
  return rightToLeft.test(quotation) ? `\u2068${quotation}\u2069` : quotation;
}

/** Hebrew, Arabic and their neighbours, and the forms in which they are joined. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** One line of text for places without markdown: alt texts and labels. */
export function plainLine(text: string, maxChars: number): string {
  return cut(plain(text), Number.POSITIVE_INFINITY, maxChars);
}

/** Between whole characters, never inside an emoji or a letter with its marks. */
function cut(text: string, maxGraphemes: number, maxChars: number): string {
  if (plainAscii.test(text)) return cutAscii(text, Math.min(maxGraphemes, maxChars));
  let kept = '';
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length > GRAPHEME_MAX) continue;
    if (count + 1 > maxGraphemes || kept.length + segment.length > maxChars) {
      return ending(kept, maxGraphemes, maxChars);
    }
    kept += segment;
    count += 1;
  }
  return kept;
}

/** Each is a character by itself. Segmenting costs 60 µs, and a restart draws thousands of pictures. */
const plainAscii = /^[\x20-\x7e]*$/;

function cutAscii(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1).trimEnd()}…`;
}

function ending(kept: string, maxGraphemes: number, maxChars: number): string {
  const parts = [...graphemes.segment(kept)].map(({ segment }) => segment);
  while (parts.length + 1 > maxGraphemes || parts.join('').length + 1 > maxChars) parts.pop();
  return `${parts.join('').trimEnd()}…`;
}

/**
 * One line without what cannot be seen: controls, bidi overrides, zero-width characters, tags.
 * Joiners and variation selectors stay where a script or an emoji needs them.
 */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{White_Space}\u2800]+/gu, ' ')
    .replace(invisible, (found, _index: number) => (found.length > 2 ? found : ''))
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A flag made of tags is matched whole, so that it is kept; a joiner between two letters is not matched. */
const invisible = new RegExp(
  [
    String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,8}\u{E007F}`,
    String.raw`(?<![\p{L}\p{M}\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]`,
    String.raw`[\u200C\u200D](?![\p{L}\p{Extended_Pictographic}])`,
    String.raw`(?<![\p{L}\p{N}\p{S}\p{P}])[\uFE00-\uFE0F]`,
    String.raw`(?![\u200C\u200D\uFE00-\uFE0F])\p{Default_Ignorable_Code_Point}`,
    String.raw`(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]`,
  ].join('|'),
  'gu',
);

function escapeMarkdown(line: string): string {
  return (
    line
      .replace(/[\\*_~`|<>[\]@/]/g, '\\$&')
      // Headings, lists, small print and numbered lists, at the beginning of the line only.
      .replace(/^(\s*\d{0,9})([-+#.)])/, '$1\\$2')
      // Never needed while `allowed_mentions` is sent; it costs nothing to be safe twice.
      .replace(/\\@(?=everyone|here)/gi, '\\@\u200B')
  );
}
