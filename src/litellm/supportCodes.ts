/** Turns the safety filter's "Support codes: N" into words. Source: Google's documentation for Vertex, 2026. */

const categories: Readonly<Record<string, string>> = {
  '58061214': 'children',
  '17301594': 'children',
  '29310472': 'celebrities',
  '15236754': 'celebrities',
  '64151117': 'safety of the video',
  '42237218': 'safety of the video',
  '62263041': 'dangerous content',
  '57734940': 'hate',
  '22137204': 'hate',
  '74803281': 'other reasons',
  '29578790': 'other reasons',
  '42876398': 'other reasons',
};

/** The reason with its known codes as categories; an unknown code stays as it is. */
export function inPlainWords(reason: string): string {
  return reason
    .replace(/support codes?:\s*(\d+(?:\s*,\s*\d+)*)/gi, (whole: string, codes: string) => {
      const words = codes.split(',').map((code) => categories[code.trim()] ?? code.trim());
      const known = words.some((word) => !/^\d+$/.test(word));
      return known ? `Reason: ${[...new Set(words)].join(', ')}` : whole;
    })
    .trim();
}
