/** What a viewer does on the page, done in the sandbox as its people do it: the bot sees no difference. */
import { z } from 'zod';
import {
  type CommandOption,
  file,
  type Interaction,
  type Member,
  type Message,
  type Upload,
} from '../../sandbox/discord/discord.ts';
import { nexts, type Stage, type StagePlace } from '../stage.ts';
import type { Outcome } from './shapes.ts';

const sentFile = z.object({ name: z.string().max(200), type: z.string(), data: z.base64() });
const optionValue = z.union([z.string(), z.number(), z.boolean(), sentFile]);
const typed = { command: z.string().max(100), options: z.record(z.string(), optionValue) };
const act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('type'), ...typed }),
  z.object({ act: z.literal('complete'), ...typed, focused: z.string() }),
  z.object({ act: z.literal('say'), text: z.string().max(4_000), files: z.array(sentFile) }),
  z.object({ act: z.literal('press'), message: z.string(), button: z.string() }),
  z.object({
    act: z.literal('select'),
    message: z.string(),
    menu: z.string(),
    values: z.array(z.string()),
  }),
  z.object({ act: z.literal('choose'), message: z.string(), command: z.string() }),
  z.object({
    act: z.literal('submit'),
    form: z.string(),
    values: z.record(
      z.string(),
      z.union([z.string(), z.boolean(), z.array(z.string()), z.array(sentFile)]),
    ),
  }),
  z.object({ act: z.literal('speak'), locale: z.string().max(10) }),
  z.object({ act: z.literal('bot'), what: z.enum(['kill', 'start']) }),
  z.object({ act: z.literal('next'), next: z.enum(Object.keys(nexts) as (keyof typeof nexts)[]) }),
  z.object({ act: z.literal('service'), away: z.boolean() }),
  z.object({ act: z.literal('expire') }),
]);
export const doing = z.object({ viewer: z.string(), place: z.string(), what: act });
type Doing = z.infer<typeof doing>;
type OptionValue = z.infer<typeof optionValue>;
type Told = Parameters<Member['types']>[1];

/** Who looks, and where: the first of each where the page names one that is not there. */
export function whoAndWhere(stage: Stage, viewer: string, place: string) {
  const { member } = stage.people.find((one) => one.member.id === viewer) ?? stage.people[0]!;
  const places = stage.placesOf(member);
  const at = places.find(({ channel }) => channel.id === place) ?? places[0]!;
  return { member, at };
}

/** @throws Error where a client would not let this be sent; its message is for the person */
export async function perform(stage: Stage, { viewer, place, what }: Doing): Promise<Outcome> {
  const { member, at } = whoAndWhere(stage, viewer, place);
  const where = { in: at.channel, userInstall: at.userInstall };
  switch (what.act) {
    case 'type': {
      const options = told(stage, member, at, what.command, what.options);
      return answered(stage, await member.types(what.command, options, where));
    }
    case 'complete': {
      const options = told(stage, member, at, what.command, what.options);
      const choices = await member.completes(what.command, options, what.focused, where);
      return { choices };
    }
    case 'say':
      member.says(what.text, { in: at.channel, files: what.files.map(upload) });
      return {};
    case 'press':
      return answered(stage, await member.presses(messageOf(at, what.message), what.button));
    case 'select': {
      const message = messageOf(at, what.message);
      return answered(stage, await member.selects(message, what.menu, what.values));
    }
    case 'choose': {
      const how = { userInstall: at.userInstall };
      const message = messageOf(at, what.message);
      return answered(stage, await member.chooses(what.command, message, how));
    }
    case 'submit': {
      const opened = stage.world.discord
        .interactions()
        .find(({ id, by }) => id === what.form && by === member);
      if (opened === undefined) throw new Error('That form is not open any more');
      return answered(stage, await member.submits(opened, filledIn(what.values)));
    }
    case 'speak':
      member.locale = what.locale;
      break;
    case 'bot':
      await (what.what === 'kill' ? stage.killBot() : stage.startBot());
      break;
    case 'next':
      stage.next = what.next;
      break;
    case 'service':
      await stage.setServiceAway(what.away);
      break;
    case 'expire':
      stage.expireTokens();
      break;
    default:
      return what satisfies never;
  }
  stage.changed();
  return {};
}

/** A client learns whether the bot answered, and with a form or not; messages come by themselves. */
async function answered(stage: Stage, interaction: Interaction): Promise<Outcome> {
  const inTime = await interaction.acknowledged.then(
    () => true,
    () => false,
  );
  stage.changed();
  if (!inTime) return { silent: true };
  const form = interaction.sentForm;
  return form === undefined ? {} : { form: { id: interaction.id, ...form } };
}

function messageOf({ channel }: StagePlace, id: string): Message {
  const all = [...channel.messages, ...channel.privateMessages];
  const found = all.find((message) => message.id === id);
  if (found === undefined) throw new Error('That message is not there any more');
  return found;
}

const USER = 6;
const CHANNEL = 7;

/** Files, people and channels by their ids; a client sends the rest as it is. */
function told(
  stage: Stage,
  member: Member,
  at: StagePlace,
  line: string,
  values: Readonly<Record<string, OptionValue>>,
): Told {
  const [name = '', ...words] = line.replace(/^\//, '').split(' ');
  const command = member
    .offered({ in: at.channel, userInstall: at.userInstall })
    .find((one) => one.type === 1 && one.name === name);
  let options: readonly CommandOption[] = command?.options ?? [];
  for (const word of words) options = options.find((one) => one.name === word)?.options ?? [];
  const entries = Object.entries(values).map(([key, value]): [string, Told[string]] => {
    if (typeof value === 'object') return [key, upload(value)];
    const type = options.find((one) => one.name === key)?.type;
    const person = stage.people.find((one) => one.member.id === value)?.member;
    if (type === USER && person !== undefined) return [key, person];
    const place = stage.placesOf(member).find(({ channel }) => channel.id === value)?.channel;
    if (type === CHANNEL && place !== undefined) return [key, place];
    return [key, value];
  });
  return Object.fromEntries(entries);
}

function filledIn(values: Extract<Doing['what'], { act: 'submit' }>['values']) {
  const entries = Object.entries(values).map(([key, value]) => {
    const files = Array.isArray(value) ? value.filter((item) => typeof item === 'object') : [];
    const made = files.length > 0 ? files.map(upload) : (value as string | boolean | string[]);
    return [key, made] as const;
  });
  return Object.fromEntries(entries);
}

function upload({ name, type, data }: z.infer<typeof sentFile>): Upload {
  return file(Buffer.from(data, 'base64'), name, type === '' ? undefined : type);
}
