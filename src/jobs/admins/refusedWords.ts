/**
 * Terms that a prompt may not hold. Compared are whole words, after what looks alike was made alike:
 *
 * - compatibility forms (NFKC: full width, ligatures, superscripts), upper and lower case, accents
 *   and other combining marks;
 * - invisible characters are left out; every kind of space, and all punctuation, separates words;
 * - three or more single letters in a row are one word ("b a d", "b.a.d").
 *
 * Nothing is inflected: "cat" does not refuse "cats". A term of several words refuses them side by
 * side. Scripts without spaces between words (Chinese, Japanese, Thai, …) are compared as they stand,
 * anywhere. Letters of other alphabets that look alike are not taken for each other.
 */

/** Of one list. */
export const MOST_TERMS = 200;
export const LONGEST_TERM = 50;

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** The general ones; vowel signs of other scripts are no ornament. */
const combining = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;
const wordless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SPELLED_OUT = 3;

/** As it is kept and compared: its words with one space between them. Empty: nothing to compare. */
export function normalTerm(term: string): string {
  return wordsOf(term).join(' ');
}

/** @param terms as `normalTerm` makes them */
export function holdsTerm(prompt: string, terms: readonly string[]): boolean {
  if (terms.length === 0) return false;
  const plain = ` ${plainWords(prompt).join(' ')} `;
  const spelled = ` ${wordsOf(prompt).join(' ')} `;
  return terms.some((term) => {
    if (wordless.test(term)) {
      return plain.replaceAll(' ', '').includes(term.replaceAll(' ', ''));
    }
    return plain.includes(` ${term} `) || spelled.includes(` ${term} `);
  });
}

/** With what was spelled out letter by letter put together. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let letters: string[] = [];
  const flush = () => {
    if (letters.length >= SPELLED_OUT) words.push(letters.join(''));
    else words.push(...letters);
    letters = [];
  };
  for (const word of plainWords(text)) {
    if ([...word].length === 1 && !wordless.test(word)) letters.push(word);
    else {
      flush();
      words.push(word);
    }
  }
  flush();
  return words;
}

function plainWords(text: string): string[] {
  const alike = text.normalize('NFKC').replace(invisible, '').normalize('NFD');
  // Upper case first: it is where ß and ss, or the two small sigmas, are the same.
  const folded = alike.replace(combining, '').toUpperCase().toLowerCase().normalize('NFC');
  return folded.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');
}
