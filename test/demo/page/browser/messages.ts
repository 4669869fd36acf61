/** The list of messages, each drawn from its JSON and redrawn only where that has changed. */
import type { State } from '../shapes.ts';
import { avatar } from './before.ts';
import { arrange, h } from './dom.ts';
import { MessageView } from './message.ts';
import type { Here } from './wire.ts';

export interface Hands {
  press(message: string, button: string): Promise<void>;
  select(message: string, menu: string, values: readonly string[]): Promise<void>;
  choose(message: string, command: string): Promise<void>;
}

export class Messages {
  readonly element = h('discord-messages', {
    'no-background': true,
    role: 'log',
    'aria-label': 'Messages',
  });
  readonly #scroller: HTMLElement;
  readonly #hands: Hands;
  readonly #views = new Map<string, MessageView>();
  readonly #dismissed = new Set<string>();
  #notes: { readonly here: string; readonly element: HTMLElement }[] = [];
  #state: State | undefined;
  #isAtEnd = true;

  constructor(scroller: HTMLElement, hands: Hands) {
    this.#scroller = scroller;
    this.#hands = hands;
    // A video that learns its size makes the list longer.
    new ResizeObserver(() => this.#followEnd()).observe(this.element);
    // Only a person scrolls up: what grows below leaves the place where it is.
    let before = 0;
    scroller.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      if (scrollHeight - scrollTop - clientHeight < 80) this.#isAtEnd = true;
      else if (scrollTop < before) this.#isAtEnd = false;
      before = scrollTop;
    });
  }

  show(state: State): void {
    const moved = this.#state && keyOf(this.#state) !== keyOf(state);
    this.#state = state;
    this.element.lang = state.viewer.locale;
    if (moved) {
      this.#views.clear();
      this.#isAtEnd = true;
    }
    const shown = state.messages.filter(({ message }) => !this.#dismissed.has(message.id));
    const here = new Set(shown.map(({ message }) => message.id));
    for (const id of this.#views.keys()) if (!here.has(id)) this.#views.delete(id);
    const views = shown.map((one, index) => {
      const { id } = one.message;
      let view = this.#views.get(id);
      if (view === undefined) {
        view = new MessageView(this.#hands, () => this.#dismiss(id));
        this.#views.set(id, view);
      }
      view.show(one, shown[index - 1], state);
      return view.element;
    });
    const notes = this.#notes.filter((note) => note.here === keyOf(state));
    arrange(this.element, [welcome(state), ...views, ...notes.map(({ element }) => element)]);
    this.#followEnd();
  }

  /** What the client itself says, to this viewer alone, e.g. that the bot did not answer. */
  note(here: Here, words: string): void {
    const element = h(
      'discord-message',
      {
        author: 'Veo',
        avatar: avatar('Veo'),
        bot: true,
        ephemeral: true,
        timestamp: 'Just now',
        role: 'alert',
        dismissMessageClicked: () => this.#forget(element),
      },
      h('span', { class: 'went-wrong' }, `⚠ ${words}`),
    );
    this.#notes.push({ here: `${here.viewer} ${here.place}`, element });
    this.#isAtEnd = true;
    if (this.#state) this.show(this.#state);
  }

  #forget(element: HTMLElement): void {
    this.#notes = this.#notes.filter((note) => note.element !== element);
    if (this.#state) this.show(this.#state);
  }

  #dismiss(id: string): void {
    this.#dismissed.add(id);
    if (this.#state) this.show(this.#state);
  }

  #followEnd(): void {
    if (this.#isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}

function keyOf({ viewer, place }: State): string {
  return `${viewer.id} ${place.id}`;
}

let greeting: HTMLElement | undefined;
let greetingOf = '';

/** Stays the same element as long as it says the same, so that nothing moves. */
function welcome({ place }: State): HTMLElement {
  const isDm = place.kind === 'dm';
  const name = isDm ? place.name : `#${place.name}`;
  if (greeting !== undefined && greetingOf === place.id) return greeting;
  greetingOf = place.id;
  greeting = h(
    'div',
    { class: 'welcome' },
    h('div', { class: 'welcome-sign', 'aria-hidden': 'true' }, isDm ? '@' : '#'),
    h('h1', {}, isDm ? name : `Welcome to ${name}!`),
    h(
      'p',
      {},
      isDm
        ? 'Write what you want to see, or send a picture: the bot answers with a price first.'
        : 'Type / and choose a command: /veo makes a video.',
    ),
  );
  return greeting;
}
