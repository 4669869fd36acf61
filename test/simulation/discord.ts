/** Discord as it really is: messages, tokens that die, nonces, places with their own rules. */
import type { Picture } from './picture.ts';
import type { VirtualTime } from './time.ts';

export interface Message {
  readonly id: string;
  readonly channelId: string;
  /** One person alone sees it, and no bot. */
  readonly hidden: boolean;
  /** Null: "the bot is thinking". */
  picture: Picture | null;
  /** Set once the message carries the video of this job. */
  videoOf: string | null;
  deleted: boolean;
}

interface Interaction {
  readonly channelId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  messageId: string | null;
  answered: boolean;
}

export interface Place {
  readonly id: string;
  readonly kind: 'server' | 'dm' | 'elsewhere';
  readonly botMayEdit: boolean;
  botMayPost: boolean;
  readonly mostBytes: number;
}

export type Refusal =
  | 'token dead'
  | 'interaction gone'
  | 'already answered'
  | 'message gone'
  | 'too large'
  | 'refused';
export type Result<T> = { readonly ok: T } | { readonly refused: Refusal };

export interface Upload {
  readonly jobId: string;
  readonly sizeBytes: number;
}

const ANSWER_WITHIN_MS = 3_000;
const NONCE_LIVES_MS = 3 * 60_000;

export class Discord {
  readonly messages = new Map<string, Message>();
  readonly places = new Map<string, Place>();
  /** Each message that was ever given a video, in order, with its job. */
  readonly posts: { readonly jobId: string; readonly messageId: string }[] = [];
  /** Every picture that was ever seen in a message. */
  readonly seen: { readonly at: number; readonly picture: Picture }[] = [];
  readonly #time: VirtualTime;
  readonly #interactions = new Map<string, Interaction>();
  readonly #nonces = new Map<string, { readonly messageId: string; readonly until: number }>();
  #made = 0;

  readonly #tokensLiveMs: number;

  constructor(time: VirtualTime, tokensLiveMs: number) {
    this.#time = time;
    this.#tokensLiveMs = tokensLiveMs;
  }

  /** Somebody typed a command, or pressed a button of a message. The answer is its token. */
  interact(channelId: string, messageId: string | null = null): string {
    const token = `token-${++this.#made}`;
    const createdAt = this.#time.now;
    const expiresAt = createdAt + this.#tokensLiveMs;
    const more = { channelId, createdAt, expiresAt, messageId };
    this.#interactions.set(token, { ...more, answered: false });
    return token;
  }

  /** The first answer; makes the reply of a command. */
  answer(token: string, picture: Picture | null = null, hidden = false): Result<Message> {
    const interaction = this.#interactions.get(token);
    if (interaction === undefined) return { refused: 'interaction gone' };
    if (interaction.answered) return { refused: 'already answered' };
    if (this.#time.now > interaction.createdAt + ANSWER_WITHIN_MS) {
      return { refused: 'interaction gone' };
    }
    interaction.answered = true;
    if (interaction.messageId === null) {
      interaction.messageId = this.#make(interaction.channelId, hidden).id;
    }
    const message = this.messages.get(interaction.messageId);
    if (message === undefined || message.deleted) return { refused: 'message gone' };
    if (picture !== null) this.#see(message, picture);
    return { ok: message };
  }

  readByToken(token: string): Result<Message> {
    const interaction = this.#interactions.get(token);
    if (interaction === undefined || !interaction.answered) return { refused: 'interaction gone' };
    if (this.#time.now >= interaction.expiresAt) return { refused: 'token dead' };
    return this.#there(interaction.messageId);
  }

  editByToken(token: string, picture: Picture, video?: Upload): Result<Message> {
    const found = this.readByToken(token);
    return 'ok' in found ? this.#edit(found.ok, picture, video) : found;
  }

  editByBot(messageId: string, picture: Picture, video?: Upload): Result<Message> {
    const found = this.read(messageId);
    if ('refused' in found) return found;
    if (!this.placeOf(found.ok.channelId).botMayEdit) return { refused: 'refused' };
    return this.#edit(found.ok, picture, video);
  }

  read(messageId: string): Result<Message> {
    const found = this.#there(messageId);
    if ('refused' in found) return found;
    const isReadable = !found.ok.hidden && this.placeOf(found.ok.channelId).kind !== 'elsewhere';
    return isReadable ? found : { refused: 'refused' };
  }

  /** A new message. With a nonce that was used some minutes ago, that message instead. */
  post(channelId: string, picture: Picture, video: Upload, nonce: string | null): Result<Message> {
    const place = this.placeOf(channelId);
    if (place.kind === 'elsewhere' || !place.botMayPost) return { refused: 'refused' };
    const known = this.#nonces.get(`${channelId} ${nonce}`);
    if (nonce !== null && known !== undefined && this.#time.now < known.until) {
      return this.#there(known.messageId);
    }
    if (video.sizeBytes > place.mostBytes) return { refused: 'too large' };
    const message = this.#make(channelId, false);
    const until = this.#time.now + NONCE_LIVES_MS;
    if (nonce !== null) this.#nonces.set(`${channelId} ${nonce}`, { messageId: message.id, until });
    return this.#edit(message, picture, video);
  }

  findVideo(channelId: string, jobId: string): Result<Message | null> {
    if (this.placeOf(channelId).kind === 'elsewhere') return { refused: 'refused' };
    for (const message of this.messages.values()) {
      const isIt = message.channelId === channelId && message.videoOf === jobId;
      if (isIt && !message.deleted && !message.hidden) return { ok: message };
    }
    return { ok: null };
  }

  placeOf(channelId: string): Place {
    const place = this.places.get(channelId);
    if (place === undefined) throw new Error(`no place ${channelId}`);
    return place;
  }

  #there(messageId: string | null): Result<Message> {
    const message = messageId === null ? undefined : this.messages.get(messageId);
    if (message === undefined || message.deleted) return { refused: 'message gone' };
    return { ok: message };
  }

  /** Attachments are always named in an edit with a video, so that one video is left. */
  #edit(message: Message, picture: Picture, video: Upload | undefined): Result<Message> {
    if (video !== undefined) {
      const { mostBytes } = this.placeOf(message.channelId);
      if (video.sizeBytes > mostBytes) return { refused: 'too large' };
      const { jobId } = video;
      if (message.videoOf !== jobId) this.posts.push({ jobId, messageId: message.id });
      message.videoOf = jobId;
    }
    this.#see(message, picture);
    return { ok: message };
  }

  #see(message: Message, picture: Picture): void {
    message.picture = picture;
    this.seen.push({ at: this.#time.now, picture });
  }

  #make(channelId: string, hidden: boolean): Message {
    const id = `m${++this.#made}`;
    const message = { id, channelId, hidden, picture: null, videoOf: null, deleted: false };
    this.messages.set(id, message);
    return message;
  }
}
