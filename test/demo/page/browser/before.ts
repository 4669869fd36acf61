/**
 * Runs before the library: what it is not told here it would fetch from Discord's servers, and the
 * page asks nobody outside.
 */
const COLORS = ['#5865f2', '#3ba55d', '#eb459e', '#f0b232', '#ed4245'];

/** A round sign with a letter, drawn here. */
export function avatar(name: string): string {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const color = name === 'Veo' ? '#23a5a0' : (COLORS[sum % COLORS.length] ?? COLORS[0]);
  const sign =
    name === 'Veo'
      ? '<path d="M16 12.5v15l13-7.5z" fill="#fff"/>'
      : `<text x="20" y="27" font-family="sans-serif" font-size="20" font-weight="600" fill="#fff" text-anchor="middle">${/\p{L}/u.test(name) ? [...name][0] : '?'}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${color}"/>${sign}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

Object.assign(globalThis, { $discordMessage: { avatars: { default: avatar('?') } } });
