/** The line at the bottom: words for the channel, or a command with its options. */
import type { Command, CommandOption } from '../../../sandbox/discord/discord.ts';
import type { Outcome, State } from '../shapes.ts';
import { Chip } from './chip.ts';
import { h } from './dom.ts';
import { localDescription, localName } from './localized.ts';
import { type Suggestion, Suggestions } from './suggestions.ts';
import { sent } from './wire.ts';

const SLASH = 1;

export type Send = (what: Readonly<Record<string, unknown>>) => Promise<Outcome>;

interface Offer {
  /** As it is sent: `/veo-admin status`. */
  readonly line: string;
  /** As it is read, in the viewer's language. */
  readonly shown: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

export class Composer {
  readonly element: HTMLElement;
  readonly #suggestions = new Suggestions();
  readonly #name = h('span', { class: 'command-name' });
  readonly #chips = h('span', { class: 'chips' });
  readonly #line = h('input', {
    class: 'line',
    role: 'combobox',
    'aria-controls': 'suggestions',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    maxLength: 4_000,
  });
  readonly #files = h('input', {
    type: 'file',
    multiple: true,
    class: 'unseen',
    'aria-label': 'Attach files',
  });
  readonly #attached = h('div', { class: 'attached' });
  readonly #wrong = h('p', { class: 'went-wrong', role: 'alert' });
  readonly #send: Send;
  #state: State | undefined;
  #offer: Offer | undefined;
  #filled: Chip[] = [];
  #asked = 0;

  constructor(send: Send) {
    this.#send = send;
    const box = h(
      'form',
      { class: 'composer-box', onsubmit: (event: Event) => void this.#submit(event) },
      h('label', { class: 'plus', title: 'Attach files' }, '+', this.#files),
      h('span', { class: 'typed' }, this.#name, this.#chips, this.#line),
      h('button', { type: 'submit', class: 'go', 'aria-label': 'Send' }, '➤'),
    );
    this.element = h(
      'div',
      { class: 'composer' },
      this.#suggestions.element,
      this.#wrong,
      this.#attached,
      box,
    );
    this.#line.addEventListener('input', () => this.#onLine());
    this.#line.addEventListener('focus', () => this.#onLine());
    box.addEventListener('keydown', (event) => this.#onKey(event));
    box.addEventListener('focusout', (event) => {
      if (!box.contains(event.relatedTarget as Node | null)) this.#suggestions.hide();
    });
    this.#files.addEventListener('change', () => this.#showFiles());
  }

  show(state: State): void {
    const moved =
      this.#state?.place.id !== state.place.id || this.#state.viewer.id !== state.viewer.id;
    const spoke = this.#state?.viewer.locale !== state.viewer.locale;
    this.#state = state;
    if (moved || spoke) this.#clear();
    this.#placeholder();
  }

  #placeholder(): void {
    const { place } = this.#state ?? {};
    const to = place?.kind === 'dm' ? `@${place.name}` : `#${place?.name ?? ''}`;
    const more = this.#remaining().length;
    this.#line.placeholder =
      this.#offer === undefined ? `Message ${to}` : more > 0 ? `+${more} optional` : '';
    this.#line.setAttribute('aria-label', this.#offer ? 'More options' : `Message ${to}`);
  }

  #offers(): readonly Offer[] {
    const { commands = [], viewer } = this.#state ?? {};
    const locale = viewer?.locale ?? 'en-US';
    return commands.filter(({ type }) => type === SLASH).flatMap((one) => offersOf(one, locale));
  }

  #remaining(): readonly CommandOption[] {
    const taken = new Set(this.#filled.map(({ option }) => option.name));
    return this.#offer?.options.filter(({ name }) => !taken.has(name)) ?? [];
  }

  #onLine(): void {
    const text = this.#line.value;
    if (this.#offer !== undefined) this.#onOptions(text);
    else if (text.startsWith('/')) this.#onCommands(text);
    else this.#suggestions.hide();
  }

  #onCommands(text: string): void {
    const offers = this.#offers();
    const typed = text.toLowerCase();
    const whole = offers
      .filter(({ shown }) => typed.startsWith(`${shown} `))
      .sort((a, b) => b.shown.length - a.shown.length)[0];
    if (whole !== undefined) {
      this.#choose(whole, text.slice(whole.shown.length).trimStart());
      return;
    }
    const wanted = typed.trimEnd();
    const first = (offer: Offer): number => Number(offer.shown === wanted);
    const fitting = offers
      .filter(({ shown }) => shown.includes(wanted.slice(1)))
      .toSorted((a, b) => first(b) - first(a));
    const items = fitting.map((offer) => ({
      label: offer.shown,
      detail: offer.description,
      pick: () => this.#choose(offer, ''),
    }));
    this.#suggest(this.#line, 'Veo', items, true);
  }

  #choose(offer: Offer, rest: string): void {
    this.#offer = offer;
    this.#name.textContent = offer.shown;
    this.#line.value = '';
    for (const option of offer.options.filter(({ required }) => required)) this.#add(option, '');
    this.#placeholder();
    const [first] = this.#filled;
    if (rest === '' && first !== undefined) {
      first.field.focus();
      return;
    }
    this.#line.focus();
    this.#line.value = rest;
    this.#onLine();
  }

  /** `name: ` begins an option; other words belong to the first one that takes words. */
  #onOptions(text: string): void {
    const remaining = this.#remaining();
    const locale = this.#state?.viewer.locale ?? 'en-US';
    const named = text.match(/^\s*([^\s:]+):\s*([\s\S]*)$/);
    const option = remaining.find((one) =>
      [one.name, localName(one, locale)].includes(named?.[1] ?? ''),
    );
    if (named !== null && option !== undefined) {
      const names = remaining.flatMap((one) => [one.name, localName(one, locale)]);
      const rest = named[2] ?? '';
      const next = [...rest.matchAll(/\s([^\s:]+):/g)].find((found) =>
        names.includes(found[1] ?? ''),
      );
      const chip = this.#add(option, next ? rest.slice(0, next.index) : rest);
      this.#line.value = next ? rest.slice(next.index + 1) : '';
      this.#placeholder();
      if (next) this.#onLine();
      else chip.field.focus();
      return;
    }
    const typed = text.trim().toLowerCase();
    const items = remaining
      .filter((one) => localName(one, locale).toLowerCase().startsWith(typed))
      .map((one) => ({
        label: localName(one, locale),
        detail: localDescription(one, locale),
        pick: () => {
          this.#line.value = '';
          const chip = this.#add(one, '');
          this.#placeholder();
          chip.field.focus();
        },
      }));
    this.#suggest(
      this.#line,
      this.#filled.length > 0 ? 'More options' : 'Options',
      items,
      typed !== '',
    );
  }

  #add(option: CommandOption, text: string): Chip {
    const state = this.#state;
    if (state === undefined) throw new Error('there is nobody to type');
    const chip = new Chip({ option, state, done: () => this.#line.focus() });
    chip.text = option.type === 11 ? '' : text;
    this.#filled.push(chip);
    this.#chips.append(chip.element);
    const look = () => void this.#onChip(chip);
    chip.field.addEventListener('focus', look);
    chip.field.addEventListener('input', look);
    return chip;
  }

  async #onChip(chip: Chip): Promise<void> {
    this.#wrong.textContent = '';
    const { option, field } = chip;
    const locale = this.#state?.viewer.locale ?? 'en-US';
    const title = `${localName(option, locale)}: ${localDescription(option, locale)}`;
    const known = chip.suggestions();
    this.#suggest(field, title, known ?? [], known !== undefined);
    if (!option.autocomplete) return;
    this.#asked += 1;
    const asked = this.#asked;
    const options = { ...(await this.#values(false)), [option.name]: field.value };
    const { choices = [] } = await this.#send({
      act: 'complete',
      command: this.#offer?.line ?? '',
      options,
      focused: option.name,
    });
    // A late answer to fewer letters is not shown over a newer one.
    if (asked !== this.#asked || document.activeElement !== field) return;
    this.#suggest(
      field,
      title,
      choices.map((choice) => chip.suggestion(choice)),
      field.value !== '',
    );
  }

  #suggest(field: HTMLElement, title: string, items: readonly Suggestion[], eager: boolean): void {
    this.#suggestions.show(field, title, items, eager);
    this.#line.setAttribute('aria-expanded', String(items.length > 0));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.#suggestions.key(event)) {
      event.preventDefault();
      return;
    }
    const field = event.target as HTMLInputElement;
    const isEmpty = field.value === '';
    if (event.key === 'Escape' && this.#offer !== undefined) this.#clear();
    else if (event.key === 'Backspace' && isEmpty && this.#offer !== undefined) {
      event.preventDefault();
      this.#takeBack(field);
    }
  }

  /** The option in the field, the last one, or the command itself. */
  #takeBack(field: HTMLInputElement): void {
    const chip = this.#filled.find((one) => one.field === field) ?? this.#filled.at(-1);
    if (chip === undefined) {
      this.#clear();
    } else {
      this.#filled = this.#filled.filter((one) => one !== chip);
      chip.element.remove();
      this.#placeholder();
    }
    this.#line.focus();
    this.#onLine();
  }

  #clear(): void {
    this.#offer = undefined;
    this.#filled = [];
    this.#name.textContent = '';
    this.#chips.replaceChildren();
    this.#line.value = '';
    this.#files.value = '';
    this.#wrong.textContent = '';
    this.#showFiles();
    this.#suggestions.hide();
    this.#placeholder();
  }

  #showFiles(): void {
    const files = [...(this.#files.files ?? [])];
    this.#attached.replaceChildren(...files.map(({ name }) => h('span', {}, `📎 ${name}`)));
  }

  async #values(strict: boolean): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const chip of this.#filled) {
      const value = await chip.value().catch((error: Error) => {
        if (strict) throw error;
      });
      if (value !== undefined) values[chip.option.name] = value;
      else if (strict && chip.option.required) {
        chip.field.focus();
        throw new Error(`“${chip.option.name}” is required. Specify a value.`);
      }
    }
    return values;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#suggestions.hide();
    const what = await this.#what().catch((error: Error) => {
      this.#wrong.textContent = error.message;
    });
    if (what === undefined) return;
    this.#clear();
    this.#line.focus();
    this.#suggestions.hide();
    const { refused } = await this.#send(what);
    this.#wrong.textContent = refused ?? '';
  }

  async #what(): Promise<Record<string, unknown> | undefined> {
    const text = this.#line.value.trim();
    if (this.#offer === undefined) {
      if (text.startsWith('/')) throw new Error(`There is no command “${text}” here.`);
      const files = await Promise.all([...(this.#files.files ?? [])].map(sent));
      return text === '' && files.length === 0 ? undefined : { act: 'say', text, files };
    }
    const first = this.#remaining().find(({ type }) => type === 3);
    if (text !== '' && first !== undefined) {
      this.#line.value = '';
      this.#add(first, text);
    }
    return { act: 'type', command: this.#offer.line, options: await this.#values(true) };
  }
}

/** A command itself, or each of its subcommands. */
function offersOf(command: Command, locale: string): Offer[] {
  const walk = (one: Command | CommandOption, line: string, shown: string): Offer[] => {
    const options = one.options ?? [];
    const inner = options.filter(({ type }) => type <= 2);
    if (inner.length > 0)
      return inner.flatMap((sub) =>
        walk(sub, `${line} ${sub.name}`, `${shown} ${localName(sub, locale)}`),
      );
    return [{ line, shown, description: localDescription(one, locale), options }];
  };
  return walk(command, `/${command.name}`, `/${localName(command, locale)}`);
}
