/** One option of a command, as it stands in the line: its name, and what was filled in. */
import type { CommandOption } from '../../../sandbox/discord/discord.ts';
import type { State } from '../shapes.ts';
import { h } from './dom.ts';
import { localName } from './localized.ts';
import type { Suggestion } from './suggestions.ts';
import { samplePicture, sent } from './wire.ts';

export const OPTION = { text: 3, whole: 4, yesNo: 5, user: 6, channel: 7, number: 10, file: 11 };

export interface ChipParts {
  readonly option: CommandOption;
  readonly state: State;
  /** A value was picked: the next thing may be typed. */
  readonly done: () => void;
}

interface Choice {
  readonly name: string;
  readonly value: string | number | boolean;
}

export class Chip {
  readonly element: HTMLElement;
  readonly field: HTMLInputElement;
  readonly option: CommandOption;
  readonly #done: () => void;
  readonly #choices: readonly Choice[] | undefined;
  #picked: Choice | undefined;

  constructor({ option, state, done }: ChipParts) {
    this.option = option;
    this.#done = done;
    this.#choices = choicesOf(option, state);
    const name = localName(option, state.viewer.locale);
    const isFile = option.type === OPTION.file;
    this.field = h('input', {
      type: isFile ? 'file' : 'text',
      'aria-label': name,
      title: option.description ?? '',
      autocomplete: 'off',
      spellcheck: false,
      ...(isFile ? { onchange: done } : { oninput: () => this.#typed() }),
    });
    this.element = h(
      'span',
      { class: `chip${isFile ? ' file' : ''}` },
      h('span', { class: 'chip-name' }, name),
      this.field,
      isFile &&
        h(
          'button',
          {
            type: 'button',
            class: 'quiet small',
            onclick: async () => {
              const files = new DataTransfer();
              files.items.add(await samplePicture());
              this.field.files = files.files;
              done();
            },
          },
          'sample',
        ),
    );
  }

  set text(text: string) {
    this.field.value = text;
    this.#typed();
  }

  /** What fits to what was typed; undefined where anything may be typed. */
  suggestions(): readonly Suggestion[] | undefined {
    const typed = this.field.value.toLowerCase();
    return this.#choices
      ?.filter(({ name }) => this.#picked !== undefined || name.toLowerCase().includes(typed))
      .slice(0, 25)
      .map((choice) => this.suggestion(choice));
  }

  suggestion(choice: Choice): Suggestion {
    return {
      label: choice.name,
      detail: '',
      pick: () => {
        this.#picked = choice;
        this.field.value = choice.name;
        this.#done();
      },
    };
  }

  /** As the client sends it; undefined while nothing is filled in. Throws what is wrong, in words. */
  async value(): Promise<unknown> {
    const { type, name } = this.option;
    if (type === OPTION.file) {
      const [file] = this.field.files ?? [];
      return file && (await sent(file));
    }
    const text = this.field.value.trim();
    if (this.#picked !== undefined) return this.#picked.value;
    if (text === '') return undefined;
    const same = this.#choices?.find((choice) => choice.name.toLowerCase() === text.toLowerCase());
    if (same !== undefined) return same.value;
    if (this.#choices !== undefined) {
      const byValue = this.#choices.find(({ value }) => String(value) === text);
      if (byValue !== undefined) return byValue.value;
      throw new Error(`Choose one of the list for “${name}”.`);
    }
    if (type === OPTION.whole || type === OPTION.number) {
      const number = Number(text.replace(',', '.'));
      if (Number.isNaN(number)) throw new Error(`“${name}” must be a number.`);
      return number;
    }
    return text;
  }

  #typed(): void {
    this.#picked = undefined;
  }
}

function choicesOf(option: CommandOption, state: State): readonly Choice[] | undefined {
  const { locale } = state.viewer;
  switch (option.type) {
    case OPTION.yesNo:
      return [
        { name: 'True', value: true },
        { name: 'False', value: false },
      ];
    case OPTION.user:
      return state.people.map(({ id, name }) => ({ name, value: id }));
    case OPTION.channel:
      return state.places
        .filter(({ kind }) => kind === 'channel')
        .map(({ id, name }) => ({ name, value: id }));
    default:
      if (!option.choices?.length) return undefined;
      return option.choices.map(({ name, value, name_localizations }) => ({
        name: name_localizations?.[locale] ?? name,
        value,
      }));
  }
}
