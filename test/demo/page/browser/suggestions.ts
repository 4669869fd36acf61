/** The list over the line that is typed into: commands, options, choices. */
import { h } from './dom.ts';

export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  readonly pick: () => void;
}

export class Suggestions {
  readonly element = h('div', { class: 'suggestions', hidden: true });
  readonly #title = h('h3');
  readonly #list = h('div', { role: 'listbox', id: 'suggestions', 'aria-label': 'Suggestions' });
  #items: readonly Suggestion[] = [];
  #active = -1;
  #field: HTMLElement | undefined;

  constructor() {
    this.element.append(this.#title, this.#list);
  }

  /** With `eager` the first is picked by Enter. */
  show(field: HTMLElement, title: string, items: readonly Suggestion[], eager: boolean): void {
    this.#field = field;
    this.#items = items;
    this.#title.textContent = title;
    this.element.hidden = items.length === 0;
    this.#list.replaceChildren(
      ...items.map(({ label, detail, pick }, index) =>
        h(
          'div',
          {
            role: 'option',
            id: `suggestion-${index}`,
            // Before the field loses the focus to it.
            onmousedown: (event: Event) => {
              event.preventDefault();
              pick();
            },
          },
          h('strong', {}, label),
          h('span', {}, detail),
        ),
      ),
    );
    this.#activate(eager && items.length > 0 ? 0 : -1);
  }

  hide(): void {
    this.#items = [];
    this.element.hidden = true;
    this.#field?.removeAttribute('aria-activedescendant');
  }

  get isShown(): boolean {
    return this.#items.length > 0;
  }

  /** True where the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.isShown) return false;
    const { length } = this.#items;
    switch (event.key) {
      case 'ArrowDown':
        this.#activate((this.#active + 1) % length);
        return true;
      case 'ArrowUp':
        this.#activate((Math.max(this.#active, 0) - 1 + length) % length);
        return true;
      case 'Tab':
        if (event.shiftKey) return false;
        this.#items[Math.max(this.#active, 0)]?.pick();
        return true;
      case 'Enter':
        if (this.#active < 0) return false;
        this.#items[this.#active]?.pick();
        return true;
      case 'Escape':
        this.hide();
        return true;
      default:
        return false;
    }
  }

  #activate(index: number): void {
    this.#active = index;
    [...this.#list.children].forEach((child, at) => {
      child.setAttribute('aria-selected', String(at === index));
      if (at === index) child.scrollIntoView({ block: 'nearest' });
    });
    if (index < 0) this.#field?.removeAttribute('aria-activedescendant');
    else this.#field?.setAttribute('aria-activedescendant', `suggestion-${index}`);
  }
}
