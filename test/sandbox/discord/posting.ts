import { type Component, numbered } from './components.ts';
import { checkMessage, type Files, type MessageBody, wantsV2 } from './forms.ts';
import { mentionsIn, SAID_NOTHING } from './mentions.ts';
import type { Attachment, Message } from './message.ts';
import type { Upload } from './people.ts';
import { type Complaint, invalidForm, Refusal, refuse } from './refusals.ts';
import type { World } from './world.ts';

/** The flags a sender may set: suppress embeds, ephemeral, silent, components V2. */
const SENDABLE_FLAGS = 4 | 64 | 4096 | 32768;
const MOST_FILES = 10;

export interface Posting {
  /** An edit never notifies anybody. */
  how: 'new' | 'edit';
  /** Decides whom a text without `allowed_mentions` may notify. */
  as: 'webhook' | 'bot';
  /** Where the form lies in the request, for complaints. */
  path?: string[];
}

/** Refuses files above what the place accepts, as JSON or as a proxy's web page. */
function refuseTooLarge(world: World, message: Message, files: Files): void {
  const largest = Math.max(0, ...[...files.values()].map(({ bytes }) => bytes.byteLength));
  if (largest <= message.channel.acceptsBytes) return;
  if (world.tooLargeAnswer === 'json') throw refuse(413, 40005);
  throw new Refusal(
    413,
    '<html><head><title>413 Request Entity Too Large</title></head><body>nginx</body></html>',
    { 'content-type': 'text/html' },
  );
}

/**
 * Puts what was sent into a message. Throws before anything is changed.
 * @throws Refusal 50035, 50006, 413
 */
export function fill(
  world: World,
  message: Message,
  body: MessageBody,
  files: Files,
  { how, as, path = [] }: Posting,
): void {
  refuseTooLarge(world, message, files);
  const isV2 = message.isV2 || wantsV2(body.flags);
  checkMessage(body, files, isV2, path);
  const content = body.content === undefined ? message.content : (body.content ?? '');
  const embeds =
    body.embeds === undefined
      ? message.embeds
      : (body.embeds ?? []).map((embed) => ({ type: 'rich', ...(embed as object) }));
  const components =
    body.components === undefined ? message.components : numbered(body.components ?? []);
  const attachments =
    how === 'new'
      ? attached(world, [], body, files, path)
      : kept(world, message, body, files, path);
  const shown = isV2
    ? checkV2(message, content, embeds, components, attachments, path)
    : attachments;
  const isForward = body.message_reference?.type === 1;
  const isEmpty = isV2
    ? components.length === 0
    : !content.trim() &&
      embeds.length === 0 &&
      shown.length === 0 &&
      !body.poll &&
      !body.sticker_ids?.length &&
      !isForward;
  if (isEmpty) throw refuse(400, 50006);

  message.content = content;
  message.embeds = embeds;
  message.components = components;
  message.attachments = shown;
  const flags = (body.flags ?? 0) & SENDABLE_FLAGS;
  // What an edit can change is whether embeds show; V2 stays once it is there.
  message.flags = how === 'new' ? message.flags | flags : message.flags | (flags & 32768);
  message.setLoading(false);
  notify(world, message, body, { how, as });
}

function notify(world: World, message: Message, body: MessageBody, { how, as }: Posting): void {
  if (how === 'edit' && body.content === undefined && body.components === undefined) return;
  const allowed = body.allowed_mentions ?? SAID_NOTHING[as];
  const mentioned = mentionsIn(message.text, allowed);
  const { channel } = message;
  const everyoneCounts = mentioned.everyone && channel.server && channel.botMay.mentionEveryone;
  message.mentions = mentioned.users.filter((id) => world.users.has(id));
  message.mentionsEveryone = Boolean(everyoneCounts);
  const answered = message.repliesTo?.author;
  const repliedTo =
    answered && (allowed as { replied_user?: boolean }).replied_user ? [answered.id] : [];
  message.mentions = [...new Set([...message.mentions, ...repliedTo])];
  if (how === 'edit' || message.ephemeral) return;
  message.pings = [
    ...message.mentions.filter((id) => id !== message.author.id),
    ...mentioned.roles.map((id) => `@&${id}`),
    ...(everyoneCounts ? ['@everyone'] : []),
  ];
}

/** The files of an edit: without a list they are added to what is there, with one it rules. */
function kept(world: World, message: Message, body: MessageBody, files: Files, path: string[]) {
  if (body.attachments === undefined)
    return attached(world, message.attachments, body, files, path);
  const listed = (body.attachments ?? []).map(({ id }) => String(id));
  const stays = message.attachments
    .filter(({ id }) => listed.includes(id))
    .map((attachment) => {
      const said = body.attachments?.find(({ id }) => String(id) === attachment.id)?.description;
      return said === undefined ? attachment : { ...attachment, description: said ?? undefined };
    });
  const sent = new Map([...files].filter(([number]) => listed.includes(number)));
  return attached(world, stays, body, sent, path);
}

function attached(
  world: World,
  stays: readonly Attachment[],
  body: MessageBody,
  files: Files,
  path: string[],
): Attachment[] {
  const complaints: Complaint[] = [];
  (body.attachments ?? []).forEach(({ id }, index) => {
    const known = files.has(String(id)) || stays.some((attachment) => attachment.id === String(id));
    if (!known)
      complaints.push({
        path: [...path, 'attachments', index],
        code: 'ATTACHMENT_NOT_FOUND',
        message: 'Attachment not found',
      });
  });
  const fresh = [...files].map(([number, upload]) => {
    const said = body.attachments?.find(({ id }) => String(id) === number);
    return attach(
      world,
      { ...upload, filename: said?.filename ?? upload.filename },
      said?.description,
    );
  });
  const all = [...stays, ...fresh];
  if (all.length > MOST_FILES)
    complaints.push({
      path: [...path, 'attachments'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${MOST_FILES} or fewer in length.`,
    });
  if (complaints.length > 0) throw invalidForm(complaints);
  return all;
}

/** Keeps the bytes of a file under an id, where the file host serves them. */
export function attach(world: World, upload: Upload, description?: string | null): Attachment {
  const attachment: Attachment = {
    id: world.nextId(),
    filename: upload.filename.replace(/[^\w.-]+/g, '_'),
    description: description ?? undefined,
    sizeBytes: upload.bytes.byteLength,
    bytes: upload.bytes,
    contentType: typeOf(upload),
  };
  world.attachments.set(attachment.id, attachment);
  return attachment;
}

function checkV2(
  message: Message,
  content: string,
  embeds: unknown[],
  components: readonly Component[],
  attachments: Attachment[],
  path: string[],
): Attachment[] {
  const complaints: Complaint[] = [];
  if (content || embeds.length > 0)
    complaints.push({
      path: [...path, 'content'],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: 'The message still has content or embeds',
    });
  const links = JSON.stringify(components).matchAll(/"attachment:\/\/([^"]+)"/g);
  const named = [...links].map((match) => match[1]);
  for (const name of named)
    if (!attachments.some(({ filename }) => filename === name))
      complaints.push({
        path: [...path, 'components'],
        code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        message: `The referenced attachment ${name} was not found`,
      });
  if (complaints.length > 0) throw invalidForm(complaints);
  return attachments.filter(
    ({ filename }) =>
      named.includes(filename) ||
      message.attachments.some((a) => a.filename === filename && named.includes(filename)),
  );
}

const TYPES: Record<string, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain; charset=utf-8',
};

/** What was said, unless that says nothing; else by the name. */
function typeOf({ contentType, filename }: Upload): string | undefined {
  if (contentType && contentType !== 'application/octet-stream') return contentType;
  return TYPES[filename.split('.').at(-1)?.toLowerCase() ?? ''];
}
