/** Places on the left, and who one is. */
import type { Person, Place, State } from '../shapes.ts';
import { avatar } from './before.ts';
import { h } from './dom.ts';
import { LOCALES } from './localized.ts';

export interface Going {
  be(viewer: string): void;
  go(place: string): void;
  speak(locale: string): void;
}

export class Sidebar {
  readonly element: HTMLElement;
  readonly #places = h('nav', { class: 'places', 'aria-label': 'Places' });
  readonly #people = h('div', { class: 'people', role: 'group', 'aria-label': 'You are' });
  readonly #locale: HTMLSelectElement;
  readonly #going: Going;
  #drawn = '';

  constructor(going: Going) {
    this.#going = going;
    this.#locale = h(
      'select',
      { 'aria-label': 'Your language', onchange: () => going.speak(this.#locale.value) },
      ...LOCALES.map(([locale, name]) => h('option', { value: locale, textContent: name })),
    );
    this.element = h(
      'div',
      { class: 'sidebar' },
      h('div', { class: 'server-name' }, 'Test server'),
      this.#places,
      h('div', { class: 'you' }, h('h3', {}, 'You are'), this.#people, this.#locale),
    );
  }

  show({ people, viewer, places, place }: State): void {
    this.#locale.value = viewer.locale;
    const now = JSON.stringify([people, viewer.id, places, place.id]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    const groups = [...new Set(places.map(({ group }) => group))];
    this.#keepFocus(() => {
      this.#places.replaceChildren(
        ...groups.flatMap((group) => [
          h('h3', {}, group),
          ...places.filter((one) => one.group === group).map((one) => this.#place(one, place)),
        ]),
      );
      this.#people.replaceChildren(...people.map((one) => this.#person(one, viewer)));
    });
  }

  #place(one: Place, current: Place): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        id: `place-${one.name}`,
        title: one.about,
        'aria-current': one.id === current.id ? 'page' : undefined,
        onclick: () => this.#going.go(one.id),
      },
      one.kind === 'dm'
        ? h('img', { src: avatar(one.name), alt: '', width: 24, height: 24 })
        : h('span', { class: 'sign', 'aria-hidden': 'true' }, '#'),
      one.name,
    );
  }

  #person(one: Person, viewer: Person): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        id: `person-${one.name}`,
        'aria-pressed': String(one.id === viewer.id),
        onclick: () => this.#going.be(one.id),
      },
      h('img', { src: avatar(one.name), alt: '', width: 32, height: 32 }),
      h('span', {}, h('b', {}, one.name), h('small', {}, one.about)),
    );
  }

  #keepFocus(draw: () => void): void {
    const { id } = document.activeElement ?? {};
    draw();
    if (id && document.activeElement === document.body) document.getElementById(id)?.focus();
  }
}
