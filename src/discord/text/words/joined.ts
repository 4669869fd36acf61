/** `4, 6 or 8`: the last two with a word between them. */
export function joined(items: readonly string[], comma: string, last: string): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(comma)}${last}${items.at(-1)}`;
}
