/** One message: the library's elements, filled from Discord's JSON. */
import type { Command } from '../../../sandbox/discord/discord.ts';
import type { ShownMessage, State, WireAttachment, WireMessage } from '../shapes.ts';
import { avatar } from './before.ts';
import { component } from './components.ts';
import { h } from './dom.ts';
import { markdown, type Names } from './markdown.ts';
import type { Hands } from './messages.ts';
import { sentAt } from './times.ts';

const EPHEMERAL = 64;
const LOADING = 128;
const SAME_AUTHOR_MS = 7 * 60_000;
const MESSAGE_COMMAND = 3;

export class MessageView {
  readonly element = h('div', { class: 'row' });
  readonly #message = h('discord-message');
  readonly #tools = h('div', { class: 'tools' });
  readonly #hands: Hands;
  readonly #parts = new Map<string, string>();

  constructor(hands: Hands, dismiss: () => void) {
    this.#hands = hands;
    this.element.append(this.#message, this.#tools);
    this.#message.dismissMessageClicked = dismiss;
    void reachable(this.#message, dismiss);
  }

  show(shown: ShownMessage, before: ShownMessage | undefined, state: State): void {
    const { message } = shown;
    const element = this.#message;
    this.element.dataset.id = message.id;
    element.author = message.author.global_name;
    element.avatar = avatar(message.author.global_name);
    element.bot = message.author.bot ?? false;
    element.verified = true;
    element.ephemeral = (message.flags & EPHEMERAL) !== 0;
    element.edited = message.edited_timestamp !== null && (message.flags & LOADING) === 0;
    element.timestamp = sentAt(message.timestamp, state.viewer.locale);
    element.highlight = message.mentions.some(({ id }) => id === state.viewer.id);
    const isBodyOnly = follows(shown, before);
    element.messageBodyOnly = isBodyOnly;
    element.toggleAttribute('message-body-only', isBodyOnly);
    this.element.classList.toggle('follows', isBodyOnly);
    const names = namesOf(message, state);
    const { id } = message;
    this.#part('reply', [shown.command, shown.by, message.referenced_message?.id], () => [
      header(shown),
    ]);
    this.#part('', [message.content, message.flags, shown.failed, state.viewer.locale], () =>
      content(shown, names),
    );
    this.#part(
      'attachments',
      message.attachments.map(({ id, description }) => [id, description]),
      () =>
        message.attachments.length === 0
          ? []
          : [h('discord-attachments', {}, ...message.attachments.map(attachment))],
    );
    this.#part('embeds', message.embeds, () =>
      message.embeds.map(({ title, description }) =>
        h(
          'discord-embed',
          { embedTitle: title ?? '' },
          h('discord-embed-description', { slot: 'description' }, description ?? ''),
        ),
      ),
    );
    this.#part('components', message.components, () =>
      message.components.map((one) => component(one, { id, hands: this.#hands, names })),
    );
    this.#showTools(id, state.commands);
  }

  /** Redraws what has a slot of its own, if what it is drawn from has changed. */
  #part(slot: string, from: unknown, draw: () => readonly (Node | null)[]): void {
    const now = JSON.stringify(from) ?? '';
    if (this.#parts.get(slot) === now) return;
    this.#parts.set(slot, now);
    const focused = document.activeElement?.closest<HTMLElement>('[data-custom-id]');
    const held = focused && this.element.contains(focused) ? focused.dataset.customId : undefined;
    for (const child of [...this.#message.childNodes]) if (slotOf(child) === slot) child.remove();
    for (const child of draw()) {
      if (child === null) continue;
      if (slot !== '' && child instanceof Element) child.slot = slot;
      this.#message.append(child);
    }
    if (held !== undefined)
      this.element.querySelector<HTMLElement>(`[data-custom-id="${CSS.escape(held)}"]`)?.focus();
  }

  #showTools(id: string, commands: readonly Command[]): void {
    const menu = commands.filter(({ type }) => type === MESSAGE_COMMAND).map(({ name }) => name);
    const now = JSON.stringify(menu);
    if (this.#parts.get('tools') === now) return;
    this.#parts.set('tools', now);
    const choices = menu.map((name) => h('option', { value: name, textContent: `Apps › ${name}` }));
    const pick = h(
      'select',
      {
        'aria-label': 'More for this message',
        onchange: () => {
          const command = pick.value;
          pick.value = '';
          if (command !== '') void this.#hands.choose(id, command);
        },
      },
      h('option', { value: '', textContent: '⋯' }),
      ...choices,
    );
    this.#tools.replaceChildren(...(menu.length > 0 ? [pick] : []));
  }
}

function slotOf(node: Node): string {
  return node instanceof Element ? node.slot : '';
}

function follows({ message, command }: ShownMessage, before: ShownMessage | undefined): boolean {
  if (before === undefined || command !== null || message.author.bot) return false;
  const apartMs = Date.parse(message.timestamp) - Date.parse(before.message.timestamp);
  return before.message.author.id === message.author.id && apartMs < SAME_AUTHOR_MS;
}

function namesOf(message: WireMessage, state: State): Names {
  const people = state.people.map(({ id, name }) => [id, name] as const);
  const mentioned = message.mentions.map(({ id, global_name }) => [id, global_name] as const);
  return {
    users: new Map([[message.author.id, message.author.global_name], ...people, ...mentioned]),
    channels: new Map(state.places.map(({ id, name }) => [id, name])),
    me: state.viewer.id,
    locale: state.viewer.locale,
  };
}

function header({ message, command, by }: ShownMessage): Node | null {
  if (command !== null && by !== null)
    return h('discord-command', { command, author: by, avatar: avatar(by) });
  const answered = message.referenced_message;
  if (answered === undefined) return null;
  if (answered === null) return h('discord-reply', { deleted: true });
  const author = answered.author.global_name;
  return h(
    'discord-reply',
    { author, avatar: avatar(author), bot: answered.author.bot ?? false },
    answered.content.split('\n')[0] || 'Click to see attachment',
  );
}

function content({ message, failed }: ShownMessage, names: Names): readonly Node[] {
  const { content: text, author, flags } = message;
  if (failed) return [h('span', { class: 'went-wrong' }, '⚠ The application did not respond')];
  if ((flags & LOADING) !== 0)
    return [
      h(
        'span',
        { class: 'thinking' },
        h('i', { class: 'dots', 'aria-hidden': 'true' }, h('b'), h('b'), h('b')),
        `${author.global_name} is thinking…`,
      ),
    ];
  return markdown(text, names);
}

export function attachment(file: WireAttachment): HTMLElement {
  const { url, filename, description, content_type: type = '' } = file;
  if (type.startsWith('video/')) {
    const element = h('discord-video-attachment', { href: url });
    void described(element, description ?? filename);
    return description === undefined
      ? element
      : h('div', { class: 'with-alt' }, element, altBadge(description));
  }
  if (type.startsWith('image/')) {
    const image = h('img', { src: url, alt: description ?? filename, class: 'picture' });
    return h('discord-image-attachment', { customImageElement: true }, image);
  }
  const bytes = `${(file.size / 1024).toFixed(0)} KB`;
  return h('discord-file-attachment', { href: url, name: filename, bytes });
}

function altBadge(description: string): HTMLElement {
  return h('span', { class: 'alt', title: description, 'aria-hidden': 'true' }, 'ALT');
}

/** The library's player has no place for alt text: its element of the browser has. */
async function described(
  element: HTMLElementTagNameMap['discord-video-attachment'],
  words: string,
): Promise<void> {
  await element.updateComplete;
  const video = element.shadowRoot?.querySelector('video');
  video?.setAttribute('aria-label', words);
  video?.removeAttribute('role');
  const play = element.shadowRoot?.querySelector<HTMLElement>('[role="button"]');
  play?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') play.click();
  });
}

/** The library's "Dismiss message" is not reached by keyboard. */
async function reachable(
  element: HTMLElementTagNameMap['discord-message'],
  dismiss: () => void,
): Promise<void> {
  await new Promise(requestAnimationFrame);
  await element.updateComplete;
  const link = element.shadowRoot?.querySelector<HTMLElement>('.discord-message-ephemeral-link');
  if (!link) return;
  link.tabIndex = 0;
  link.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') dismiss();
  });
}
