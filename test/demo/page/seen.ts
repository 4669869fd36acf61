/** The sandbox's state as one viewer in one place sees it: the very messages, in Discord's JSON. */
import type { Member, Message } from '../../sandbox/discord/discord.ts';
import { nexts, type Stage, type StagePlace } from '../stage.ts';
import type { Person, Place, ShownMessage, State, WireMessage } from './shapes.ts';

const LOG_LINES = 20;

export function seen(stage: Stage, viewer: Member, at: StagePlace): State {
  const { world, people, bot } = stage;
  const { channel } = at;
  const mine = channel.privateMessages.filter(({ interaction }) => interaction?.by === viewer);
  const visible = [...channel.messages, ...mine].sort((a, b) => (inOrder(a, b) ? -1 : 1));
  return {
    viewer: person(stage, viewer),
    people: people.map(({ member }) => person(stage, member)),
    place: placeJson(at),
    places: stage.placesOf(viewer).map(placeJson),
    commands: viewer.offered({ in: channel, userInstall: at.userInstall }),
    messages: visible.map((message) => shown(stage, message)),
    bot: {
      how: stage.botIs,
      pid: stage.botIs === 'ended' ? null : (bot?.process.pid ?? null),
      log: (bot?.lines ?? []).slice(-LOG_LINES).map(({ msg, job, state }) => {
        return state === undefined ? msg : `${job} ${state}`;
      }),
    },
    paid: world.google.paid.map(({ prompt, model, costMicroUsd }) => ({
      prompt,
      model,
      microUsd: costMicroUsd,
    })),
    next: stage.next,
    nexts: Object.entries(nexts).map(([key, name]) => ({ key, name })),
    isServiceAway: stage.isServiceAway,
  };
}

function person(stage: Stage, member: Member): Person {
  const about = stage.people.find((one) => one.member === member)?.about ?? '';
  return { id: member.id, name: member.name, about, locale: member.locale };
}

function placeJson({ channel, about }: StagePlace): Place {
  return {
    id: channel.id,
    kind: channel.kind === 'dm' ? 'dm' : 'channel',
    name: channel.kind === 'dm' ? 'Veo' : channel.name,
    group: channel.server?.name ?? 'Direct messages',
    about,
  };
}

function shown({ world }: Stage, message: Message): ShownMessage {
  const { interaction, failed } = message;
  const json = world.discord.json(message) as unknown as WireMessage;
  return {
    message: onOurOrigin(json, world.discord.origin),
    command: interaction?.command ?? null,
    by: interaction?.by.name ?? null,
    failed,
  };
}

/** Links lead to the page's own origin, which fetches from Discord's file host. */
function onOurOrigin(json: WireMessage, discordOrigin: string): WireMessage {
  const host = `${discordOrigin}/cdn/`;
  const changed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item)]));
    if (typeof value !== 'string' || !value.startsWith(host)) return value;
    return value.slice(host.length - 1).replace(/\?.*/, '');
  };
  return changed(json) as WireMessage;
}

function inOrder(a: Message, b: Message): boolean {
  return BigInt(a.id) < BigInt(b.id);
}
