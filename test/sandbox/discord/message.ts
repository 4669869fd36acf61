import type { Component } from './components.ts';
import { TYPE, within } from './components.ts';
import type { Interaction } from './interaction.ts';
import type { Channel } from './places.ts';
import { Watch } from './watch.ts';

export interface Attachment {
  id: string;
  filename: string;
  /** The alt text. */
  description: string | undefined;
  sizeBytes: number;
  bytes: Uint8Array;
  contentType: string | undefined;
}
export interface Button {
  label: string;
  customId: string | undefined;
  url: string | undefined;
  disabled: boolean;
  style: number;
}
/** What a message looked like after one edit. */
export interface Edit {
  /** Wall clock, ms. */
  at: number;
  content: string;
  filenames: string[];
  buttons: string[];
}
export interface Author {
  id: string;
  name: string;
  bot: boolean;
}

const EPHEMERAL = 64;
const LOADING = 128;
export const COMPONENTS_V2 = 32768;

/** A message as the people in the channel see it; it changes under the reader's eyes. */
export class Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: Author;
  readonly createdAt: number;
  content = '';
  attachments: Attachment[] = [];
  components: Component[] = [];
  embeds: unknown[] = [];
  flags = 0;
  edits: Edit[] = [];
  /** User ids that were really notified, `@everyone`, or `@&` and a role id. */
  pings: string[] = [];
  /** User ids the text names and may name; an edit changes these and notifies nobody. */
  mentions: string[] = [];
  mentionsEveryone = false;
  deleted = false;
  editedAt: number | undefined;
  nonce: string | number | undefined;
  /** The interaction that made it, and whose token reaches it. */
  interaction: Interaction | undefined;
  repliesTo: Message | undefined;
  /** What a forward carries of another message. */
  forwards: Message | undefined;
  #changes = new Watch();

  constructor(id: string, channel: Channel, author: Author, createdAt: number) {
    this.id = id;
    this.channel = channel;
    this.author = author;
    this.createdAt = createdAt;
  }

  get ephemeral(): boolean {
    return (this.flags & EPHEMERAL) !== 0;
  }

  /** "… is thinking": acknowledged, nothing said yet. */
  get thinking(): boolean {
    return (this.flags & LOADING) !== 0;
  }

  /** The reply was never filled, and its token has run out: Discord shows a failure. */
  get failed(): boolean {
    return this.thinking && (this.interaction?.expired ?? false);
  }

  get buttons(): Button[] {
    return [...within(this.components)]
      .filter((component) => component.type === TYPE.button)
      .map((button) => ({
        label: button.label ?? '',
        customId: button.custom_id,
        url: button.url,
        disabled: button.disabled ?? false,
        style: button.style ?? 1,
      }));
  }

  get selects(): Component[] {
    return [...within(this.components)].filter(
      ({ type }) => type === 3 || (type >= 5 && type <= 8),
    );
  }

  /** All that can be read: the content, or the text blocks of a V2 message. */
  get text(): string {
    const blocks = [...within(this.components)].filter(({ type }) => type === TYPE.text);
    return [this.content, ...blocks.map((block) => block.content ?? '')].filter(Boolean).join('\n');
  }

  /** Resolves when the message is so; rejects after a generous limit and shows how it is. */
  becomes(is: (message: Message) => boolean, withinMs = 10_000): Promise<this> {
    return this.#changes.until(
      () => (is(this) ? this : undefined),
      withinMs,
      () => `The message did not become what was awaited:\n${this.describe()}`,
    );
  }

  /** For a failed test and the demo's printout. */
  describe(): string {
    const marks = [
      this.deleted && 'deleted',
      this.ephemeral && 'only visible to one',
      this.thinking && 'thinking',
    ].filter(Boolean);
    const lines = [`${this.author.name} in #${this.channel.name} ${marks.join(', ')}`.trim()];
    if (this.text) lines.push(...this.text.split('\n').map((line) => `  ${line}`));
    for (const { filename, sizeBytes } of this.attachments)
      lines.push(`  [file ${filename}, ${sizeBytes} bytes]`);
    if (this.buttons.length > 0)
      lines.push(
        `  ${this.buttons.map((b) => (b.disabled ? `(${b.label})` : `[${b.label}]`)).join(' ')}`,
      );
    if (this.edits.length > 0) lines.push(`  edited ${this.edits.length} times`);
    return lines.join('\n');
  }

  /** Called after each change. */
  changed(): void {
    this.#changes.notify();
  }

  edited(at: number): void {
    this.editedAt = at;
    this.edits.push({
      at,
      content: this.text,
      filenames: this.attachments.map(({ filename }) => filename),
      buttons: this.buttons.map(({ label }) => label),
    });
  }

  setLoading(loading: boolean): void {
    this.flags = loading ? this.flags | LOADING : this.flags & ~LOADING;
  }

  setEphemeral(): void {
    this.flags |= EPHEMERAL;
  }

  get isV2(): boolean {
    return (this.flags & COMPONENTS_V2) !== 0;
  }
}
