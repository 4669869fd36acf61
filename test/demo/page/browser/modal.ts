/**
 * The form that the bot opened. The library's modal knows text fields only, so this one is ours: the
 * fields are the browser's own, and what a client would not let through is not sent.
 */
import type { Component } from '../../../sandbox/discord/discord.ts';
import type { Outcome } from '../shapes.ts';
import { avatar } from './before.ts';
import { h } from './dom.ts';
import { samplePicture, sent } from './wire.ts';

type Form = NonNullable<Outcome['form']>;
type Value = string | boolean | readonly string[] | readonly object[];
interface Field {
  readonly element: HTMLElement;
  readonly values: () => Promise<Readonly<Record<string, Value>>>;
}

/** `submit` says what was refused, or nothing. */
export function openForm(
  form: Form,
  submit: (values: Readonly<Record<string, Value>>) => Promise<string | undefined>,
): void {
  const fields = form.components.map(fieldOf);
  const wrong = h('p', { class: 'went-wrong', role: 'alert' });
  const done = h('button', { type: 'submit', class: 'primary' }, 'Submit');
  const dialog = h(
    'dialog',
    { class: 'modal', 'aria-label': form.title },
    h(
      'form',
      {
        onsubmit: async (event: Event) => {
          event.preventDefault();
          done.disabled = true;
          const values = await Promise.all(fields.map((field) => field.values()));
          wrong.textContent = (await submit(Object.assign({}, ...values))) ?? '';
          done.disabled = false;
          if (wrong.textContent === '') dialog.close();
        },
      },
      h(
        'header',
        {},
        h('img', { src: avatar('Veo'), alt: '', width: 28, height: 28 }),
        h('h2', {}, form.title),
        h(
          'button',
          { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => dialog.close() },
          '✕',
        ),
      ),
      h('div', { class: 'fields' }, ...fields.map(({ element }) => element), wrong),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
        done,
      ),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>('textarea, input, select')?.focus();
}

let next = 0;

function fieldOf(one: Component): Field {
  if (one.component !== undefined) return labelled(one, one.component);
  if (one.components !== undefined) {
    const inside = one.components.map((child) => labelled(child, child));
    const values = async () =>
      Object.assign({}, ...(await Promise.all(inside.map((f) => f.values()))));
    return { element: h('div', {}, ...inside.map(({ element }) => element)), values };
  }
  return { element: h('p', { class: 'text' }, one.content ?? ''), values: async () => ({}) };
}

function labelled(label: Component, inner: Component): Field {
  next += 1;
  const id = `field-${next}`;
  const isNeeded = inner.required !== false;
  const field = input(inner, id, isNeeded);
  const element = h(
    'div',
    { class: 'field' },
    h(
      'label',
      { htmlFor: id },
      label.label ?? '',
      isNeeded && h('span', { class: 'needed', title: 'required' }, ' *'),
    ),
    typeof label.description === 'string' && h('p', { class: 'hint' }, label.description),
    field.element,
  );
  return { element, values: field.values };
}

function input(one: Component, id: string, required: boolean): Field {
  const { custom_id: key = '', placeholder = '' } = one;
  switch (one.type) {
    case 4: {
      const long = one.style === 2;
      const element = h(long ? 'textarea' : 'input', {
        id,
        name: key,
        required,
        placeholder,
        value: one.value ?? '',
        maxLength: one.max_length ?? 4_000,
        ...(one.min_length ? { minLength: one.min_length } : {}),
        ...(long ? { rows: 3 } : {}),
      });
      return { element, values: async () => ({ [key]: element.value }) };
    }
    case 19:
      return fileInput(one, id, required);
    case 23: {
      const element = h('input', {
        id,
        name: key,
        type: 'checkbox',
        checked: Boolean(one.default),
      });
      return { element, values: async () => ({ [key]: element.checked }) };
    }
    default: {
      const multiple = (one.max_values ?? 1) > 1;
      const options = one.options ?? [];
      const isEmpty = !multiple && !options.some((option) => option.default);
      const element = h(
        'select',
        { id, name: key, multiple, required },
        isEmpty && h('option', { value: '', textContent: placeholder || 'Make a selection' }),
        ...options.map((option) =>
          h('option', {
            value: option.value,
            selected: option.default ?? false,
            textContent: [option.label, option.description].filter(Boolean).join(' · '),
          }),
        ),
      );
      const picked = () =>
        [...element.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
      const isOne = one.type === 21;
      return {
        element,
        values: async () => ({ [key]: isOne ? (picked()[0] ?? '') : picked() }),
      };
    }
  }
}

function fileInput(one: Component, id: string, required: boolean): Field {
  const { custom_id: key = '' } = one;
  const most = one.max_values ?? 1;
  const element = h('input', { id, name: key, type: 'file', multiple: most > 1, required });
  const sample = h(
    'button',
    {
      type: 'button',
      class: 'quiet small',
      onclick: async () => {
        const files = new DataTransfer();
        files.items.add(await samplePicture());
        element.files = files.files;
      },
    },
    'Use a sample picture',
  );
  const values = async () => ({ [key]: await Promise.all([...(element.files ?? [])].map(sent)) });
  return { element: h('div', { class: 'drop' }, element, sample), values };
}
