/**
 * Pictures in what Discord sends: attached to an option or a message, in a forward, in an embed, in
 * a message of the newer layout.
 * Source: Discord's documentation of attachments, message snapshots, embeds and Components V2, 2026-09.
 */
import { ComponentType } from 'discord.js';
import { z } from 'zod';
import type { Picture, PictureRole } from '../../jobs/pictures.ts';

/** What Discord says of a file or a picture. Everything but the link is only announced. */
export interface Attached {
  /** Signed; it lives about a day. */
  readonly url: string;
  /** The same through Discord's own media host. */
  readonly proxyUrl: string | null;
  readonly sizeBytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly contentType: string | null;
  readonly filename: string | null;
}

const announced = z.number().positive().nullish().catch(null);
const media = z.object({
  url: z.string().max(4_000),
  proxy_url: z.string().max(4_000).nullish().catch(null),
  size: announced,
  width: announced,
  height: announced,
  content_type: z.string().nullish().catch(null),
  filename: z.string().nullish().catch(null),
});

/** @returns null where it is nothing that can be fetched */
export function readAttachment(raw: unknown): Attached | null {
  const read = media.safeParse(raw);
  if (!read.success) return null;
  const { url, proxy_url, size, width, height, content_type, filename } = read.data;
  return {
    url,
    proxyUrl: proxy_url ?? null,
    sizeBytes: size ?? null,
    width: width ?? null,
    height: height ?? null,
    contentType: content_type ?? null,
    filename: filename ?? null,
  };
}

const loose = z.array(z.unknown()).catch([]);
const message = z.object({
  attachments: loose,
  embeds: loose,
  components: loose,
  message_snapshots: loose,
});

/** Everything in a message that may be a picture, in the order in which it is read. */
export function picturesIn(raw: unknown): Attached[] {
  const read = message.safeParse(raw);
  if (!read.success) return [];
  const { attachments, embeds, components, message_snapshots } = read.data;
  const found = [
    ...attachments.map(readAttachment),
    ...components.flatMap((one) => inComponent(one, MOST_DEEP)),
    ...embeds.flatMap(inEmbed),
  ];
  const own = found.filter((one) => one !== null).filter(mayBePicture);
  // A forward carries a copy of the message, which is no forward itself.
  const forwarded = message_snapshots.flatMap((one) => {
    const inner = z.object({ message }).safeParse(one);
    return inner.success ? picturesIn({ ...inner.data.message, message_snapshots: [] }) : [];
  });
  const all = [...own, ...forwarded];
  return all.filter((one, i) => all.findIndex(({ url }) => url === one.url) === i);
}

/** As a wish names it. `url`: the link to use of those it has. */
export function pictureOf(
  role: PictureRole,
  { sizeBytes, width, height }: Attached,
  url: string,
): Picture {
  return { role, at: { kind: 'at discord', url, sizeBytes, width, height } };
}

/** Containers hold sections, which hold thumbnails; nothing is nested deeper. */
const MOST_DEEP = 4;
const component = z.object({
  type: z.number(),
  items: loose,
  components: loose,
  media: z.unknown().optional(),
  file: z.unknown().optional(),
  accessory: z.unknown().optional(),
});

function inComponent(raw: unknown, deep: number): (Attached | null)[] {
  const read = component.safeParse(raw);
  if (!read.success || deep === 0) return [];
  const { type, items, components, accessory, media: shown, file } = read.data;
  switch (type) {
    case ComponentType.MediaGallery:
      return items.map((item) => readAttachment(z.object({ media }).safeParse(item).data?.media));
    case ComponentType.Thumbnail:
      return [readAttachment(shown)];
    case ComponentType.File:
      return [readAttachment(file)];
    default:
      return [...components, accessory].flatMap((one) => inComponent(one, deep - 1));
  }
}

function inEmbed(raw: unknown): (Attached | null)[] {
  const read = z
    .object({ image: z.unknown().optional(), thumbnail: z.unknown().optional() })
    .safeParse(raw);
  return read.success ? [readAttachment(read.data.image), readAttachment(read.data.thumbnail)] : [];
}

/** By what was announced; a file of which nothing is known may be one. */
function mayBePicture({ contentType, filename }: Attached): boolean {
  if (contentType !== null) return contentType.startsWith('image/');
  return filename === null || !/\.(mp4|mov|webm|mp3|ogg|wav|m4a|txt|pdf|zip|json)$/i.test(filename);
}
