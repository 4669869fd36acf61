import { isObject, type Json } from './wire.ts';

const MAGIC: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  'image/webp': (bytes) => bytes.toString('latin1', 8, 12) === 'WEBP',
  'image/heic': (bytes) => bytes.toString('latin1', 4, 8) === 'ftyp',
  'image/heif': (bytes) => bytes.toString('latin1', 4, 8) === 'ftyp',
};

/** What is wrong with a picture: undefined where its type is taken and its bytes are of that type. */
export function pictureMistake(base64: unknown, mimeType: unknown): string | undefined {
  if (typeof mimeType !== 'string') return 'The mime type of the image is missing.';
  const looksRight = MAGIC[mimeType];
  if (!looksRight) return `Unsupported MIME type: ${mimeType}`;
  const bytes = base64Bytes(base64);
  if (!bytes?.length) return 'The image data is not valid base64.';
  return looksRight(bytes) ? undefined : 'Unable to process input image.';
}

/** Strict: no line breaks, no URL alphabet, whole groups of four. */
export function base64Bytes(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || text.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === base64Length(text) ? bytes : undefined;
}

function base64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** The first name that is not in `allowed`. */
export function unknownName(object: Json, allowed: readonly string[]): string | undefined {
  return Object.keys(object).find((name) => !allowed.includes(name));
}

/** The addresses to tell, from either spelling of the field; a string says what is wrong. */
export function readWebhook(
  config: unknown,
  userMetadataName: 'user_metadata' | 'userMetadata',
): { uris: string[]; userMetadata?: Json } | string {
  if (!isObject(config)) return 'must be an object';
  const unknown = unknownName(config, ['uris', userMetadataName]);
  if (unknown !== undefined) return `unknown field '${unknown}'`;
  const { uris } = config;
  if (!Array.isArray(uris) || uris.length === 0) return "'uris' must name at least one address";
  if (!uris.every((uri): uri is string => typeof uri === 'string' && URL.canParse(uri))) {
    return "'uris' must be addresses";
  }
  const userMetadata = config[userMetadataName];
  if (userMetadata === undefined) return { uris };
  return isObject(userMetadata) ? { uris, userMetadata } : `'${userMetadataName}' must be a map`;
}

/** Roughly, as nobody outside counts exactly: four characters a token. */
export const textTokens = (text: string) => Math.ceil(text.length / 4);
export const TOKENS_PER_PICTURE = 258;
