/** Buttons, menus and the blocks of newer messages, by their type on the wire. */
import type { Component } from '../../../sandbox/discord/discord.ts';
import { h } from './dom.ts';
import { markdown, type Names } from './markdown.ts';
import type { Hands } from './messages.ts';

export interface Around {
  /** Of the message. */
  readonly id: string;
  readonly hands: Hands;
  readonly names: Names;
}

/** Discord's buttons have become rounder and narrower since the library drew them. */
const TODAY = new CSSStyleSheet();
TODAY.replaceSync(
  ':host > :first-child { padding: 2px 11px; height: 28px; min-height: 28px; min-width: 38px; border-radius: 8px }' +
    ':focus-visible { outline: 2px solid #00a8fc; outline-offset: 1px }',
);

const STYLES = ['secondary', 'primary', 'secondary', 'success', 'destructive'] as const;

export function component(one: Component, around: Around): HTMLElement {
  const inside = () => (one.components ?? []).map((child) => component(child, around));
  switch (one.type) {
    case 1:
      return h('discord-action-row', {}, ...inside());
    case 2:
      return button(one, around);
    case 9:
      return h(
        'div',
        { class: 'section' },
        h('div', {}, ...inside()),
        one.accessory && component(one.accessory, around),
      );
    case 10:
      return h('div', { class: 'text' }, ...markdown(one.content ?? '', around.names));
    case 11:
      return media(one.media?.url ?? '', String(one.description ?? ''), 'thumbnail');
    case 12:
      return h(
        'div',
        { class: 'gallery' },
        ...(one.items ?? []).map((item) =>
          media(item.media?.url ?? '', item.description ?? '', ''),
        ),
      );
    case 13:
      return h('discord-file-attachment', {
        href: one.file?.url ?? '',
        name: String(one.name ?? 'file'),
      });
    case 14:
      return h('hr');
    case 17: {
      const box = h('div', { class: 'container' }, ...inside());
      const color = Number(one.accent_color ?? Number.NaN);
      if (!Number.isNaN(color))
        box.style.borderInlineStart = `4px solid #${color.toString(16).padStart(6, '0')}`;
      return box;
    }
    default:
      return one.options === undefined ? h('span') : menu(one, around);
  }
}

function button(one: Component, { id, hands }: Around): HTMLElement {
  const { custom_id: customId = '', label = '', disabled = false, style = 2 } = one;
  const emoji = (one.emoji as { name?: string } | undefined)?.name ?? '';
  const element = h(
    'discord-button',
    {
      type: STYLES[style] ?? 'secondary',
      disabled,
      'data-custom-id': customId,
      ...(one.url === undefined ? {} : { url: one.url }),
      onclick: async () => {
        if (disabled || customId === '' || element.classList.contains('pressed')) return;
        element.classList.add('pressed');
        await hands.press(id, customId);
        element.classList.remove('pressed');
      },
    },
    `${emoji} ${label}`.trim(),
  );
  void element.updateComplete.then(() => {
    element.shadowRoot?.adoptedStyleSheets.push(TODAY);
    const inner = element.shadowRoot?.querySelector('button');
    if (inner) inner.disabled = disabled;
  });
  element.focus = () => element.shadowRoot?.querySelector('button')?.focus();
  return element;
}

function menu(one: Component, { id, hands }: Around): HTMLElement {
  const { custom_id: customId = '', placeholder = 'Make a selection', disabled = false } = one;
  const chosen = (one.options ?? []).some((option) => option.default);
  const element = h(
    'select',
    {
      class: 'menu',
      disabled,
      'aria-label': placeholder,
      'data-custom-id': customId,
      onchange: () => void hands.select(id, customId, [element.value]),
    },
    ...(chosen ? [] : [h('option', { value: '', disabled: true, selected: true }, placeholder)]),
    ...(one.options ?? []).map((option) =>
      h('option', {
        value: option.value,
        selected: option.default ?? false,
        textContent: [option.label, option.description].filter(Boolean).join(' · '),
      }),
    ),
  );
  return element;
}

function media(url: string, description: string, kind: string): HTMLElement {
  if (/\.(mp4|webm)$/.test(url)) return h('discord-video-attachment', { href: url });
  return h('img', { src: url, alt: description, class: `picture ${kind}` });
}
