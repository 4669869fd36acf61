/** Behind the scenes: the bot's process, what was paid, and what may go wrong next. */
import type { State } from '../shapes.ts';
import type { Send } from './composer.ts';
import { h } from './dom.ts';

export class Panel {
  readonly element: HTMLElement;
  readonly #state = h('p', { class: 'bot-state', role: 'status' });
  readonly #kill: HTMLButtonElement;
  readonly #start: HTMLButtonElement;
  readonly #sum = h('p', { class: 'sum' });
  readonly #paid = h('ol', { class: 'paid' });
  readonly #next: HTMLSelectElement;
  readonly #away: HTMLInputElement;
  readonly #log = h('pre', { class: 'log', tabindex: 0, 'aria-label': 'What the bot logs' });

  constructor(send: Send) {
    const act = (what: Record<string, unknown>) => () => void send(what);
    this.#kill = h(
      'button',
      { type: 'button', class: 'danger', onclick: act({ act: 'bot', what: 'kill' }) },
      'Kill (SIGKILL)',
    );
    this.#start = h(
      'button',
      { type: 'button', class: 'good', onclick: act({ act: 'bot', what: 'start' }) },
      'Start again',
    );
    this.#next = h('select', {
      id: 'next',
      onchange: () => void send({ act: 'next', next: this.#next.value }),
    });
    this.#away = h('input', {
      type: 'checkbox',
      onchange: () => void send({ act: 'service', away: this.#away.checked }),
    });
    this.element = h(
      'aside',
      { class: 'panel', 'aria-label': 'Behind the scenes' },
      h('h2', {}, 'Behind the scenes'),
      h(
        'section',
        {},
        h('h3', {}, 'The bot’s process'),
        this.#state,
        h('div', { class: 'pair' }, this.#kill, this.#start),
      ),
      h('section', {}, h('h3', {}, 'What the service was paid'), this.#sum, this.#paid),
      h(
        'section',
        {},
        h('h3', {}, 'Make it hard'),
        h('label', { htmlFor: 'next' }, 'The next video'),
        this.#next,
        h('label', { class: 'switch' }, this.#away, 'The proxy is away'),
        h(
          'button',
          { type: 'button', class: 'quiet', onclick: act({ act: 'expire' }) },
          'Let all reply tokens run out',
        ),
      ),
      h('section', { class: 'grows' }, h('h3', {}, 'What it logs'), this.#log),
    );
  }

  show({ bot, paid, next, nexts, isServiceAway }: State): void {
    const words = {
      running: `running, pid ${bot.pid}`,
      starting: `starting, pid ${bot.pid}`,
      ended: 'dead',
    };
    if (this.#state.textContent !== words[bot.how]) this.#state.textContent = words[bot.how];
    this.#state.dataset.how = bot.how;
    this.#kill.disabled = bot.how === 'ended';
    this.#start.disabled = bot.how !== 'ended';
    const microUsd = paid.reduce((sum, one) => sum + one.microUsd, 0);
    this.#sum.textContent = `${paid.length} paid ${paid.length === 1 ? 'call' : 'calls'} · $${(microUsd / 1e6).toFixed(2)}`;
    this.#paid.replaceChildren(
      ...paid
        .slice(-4)
        .toReversed()
        .map((one) =>
          h(
            'li',
            { title: one.model },
            h('span', {}, one.prompt),
            h('b', {}, `$${(one.microUsd / 1e6).toFixed(2)}`),
          ),
        ),
    );
    if (this.#next.options.length === 0)
      this.#next.append(
        ...nexts.map(({ key, name }) => h('option', { value: key, textContent: name })),
      );
    this.#next.value = next;
    this.#away.checked = isServiceAway;
    const log = bot.log.join('\n');
    if (this.#log.textContent !== log) {
      this.#log.textContent = log;
      this.#log.scrollTop = this.#log.scrollHeight;
    }
  }
}
