/** The page: what one viewer in one place sees, followed as it changes. */
import './before.ts';
import '@skyra/discord-components-core';
import type { Outcome, State } from '../shapes.ts';
import { Composer } from './composer.ts';
import { h } from './dom.ts';
import { type Hands, Messages } from './messages.ts';
import { openForm } from './modal.ts';
import { Panel } from './panel.ts';
import { Sidebar } from './sidebar.ts';
import { countTimes } from './times.ts';
import { type Here, send } from './wire.ts';

const SILENT = 'The application did not respond';
const FAILED = 'This interaction failed';

let here: Here = {
  viewer: new URLSearchParams(location.search).get('viewer') ?? '',
  place: new URLSearchParams(location.search).get('place') ?? '',
};
let stream: EventSource | undefined;

/** Does it where the viewer is now, and shows what came of it. */
async function act(what: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const at = here;
  const outcome = await send(at, what);
  if (outcome.silent)
    messages.note(at, what.act === 'press' || what.act === 'select' ? FAILED : SILENT);
  if (outcome.form && at === here) {
    const { form } = outcome;
    openForm(form, async (values) => {
      const { refused, silent } = await send(at, { act: 'submit', form: form.id, values });
      return refused ?? (silent ? 'Something went wrong. Try again.' : undefined);
    });
  }
  return outcome;
}

async function tried(what: Readonly<Record<string, unknown>>): Promise<void> {
  const at = here;
  const { refused } = await act(what);
  if (refused) messages.note(at, refused);
}

const hands: Hands = {
  press: (message, button) => tried({ act: 'press', message, button }),
  select: (message, menu, values) => tried({ act: 'select', message, menu, values }),
  choose: (message, command) => tried({ act: 'choose', message, command }),
};
const scroller = h('div', {
  class: 'scroller',
  tabindex: 0,
  'aria-label': 'Messages',
  role: 'region',
});
const messages = new Messages(scroller, hands);
const composer = new Composer(act);
const panel = new Panel(act);
const sidebar = new Sidebar({
  be: (viewer) => look({ viewer, place: here.place }),
  go: (place) => look({ viewer: here.viewer, place }),
  speak: (locale) => void act({ act: 'speak', locale }),
});
const title = h('h1');
const about = h('span', { class: 'about' });
const lost = h(
  'p',
  { class: 'lost', role: 'status', hidden: true },
  'The demo has ended. Start it again with npm run demo.',
);

scroller.append(messages.element);
document
  .getElementById('app')
  ?.replaceChildren(
    h(
      'div',
      { class: 'rail', 'aria-hidden': 'true' },
      h('i', { class: 'home' }),
      h('hr'),
      h('i', { class: 'server' }, 'TS'),
    ),
    sidebar.element,
    h('main', {}, h('header', { class: 'top' }, title, about), lost, scroller, composer.element),
    panel.element,
  );

function show(state: State): void {
  here =
    here.viewer === state.viewer.id && here.place === state.place.id
      ? here
      : { viewer: state.viewer.id, place: state.place.id };
  const { place } = state;
  title.textContent = place.kind === 'dm' ? `@ ${place.name}` : `# ${place.name}`;
  about.textContent = place.about;
  sidebar.show(state);
  panel.show(state);
  composer.show(state);
  messages.show(state);
}

function look(at: Here): void {
  here = at;
  stream?.close();
  history.replaceState(null, '', at.viewer === '' ? '/' : `?${new URLSearchParams({ ...at })}`);
  stream = new EventSource(`/events?${new URLSearchParams({ ...at })}`);
  stream.addEventListener('message', ({ data }) => {
    lost.hidden = true;
    show(JSON.parse(data) as State);
  });
  stream.addEventListener('error', () => {
    lost.hidden = false;
  });
}

countTimes();
look(here);
