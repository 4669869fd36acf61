import { randomInt } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/** Eight characters that are hard to mistake when read out: no i, l, o, u. */
export function newId(): string {
  let id = '';
  for (let i = 0; i < LENGTH; i++) id += alphabet[randomInt(alphabet.length)];
  return id;
}
