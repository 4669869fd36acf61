/** Stops and goes on with new videos: of the whole bot, of one server, of one model. */
import type { Part } from '../../../jobs/admins/ruling.ts';
import type { Command } from '../../incoming/interaction.ts';
import {
  noSuchModel,
  onlyThisServer,
  pausePartText,
  resumePartText,
  whichModel,
} from '../../text/adminHouse.ts';
import { pauseText, resumeText } from '../../text/adminSteering.ts';
import {
  type Admin,
  type AdminCommand,
  type AdminParts,
  subcommand,
  textOf,
  textOption,
  wordsOption,
} from './command.ts';
import { modelChoices, modelOption } from './models.ts';

const reason = 'reason';
const HERE = 'this server';
const scopeOption = wordsOption('scope', 'Of what; admins of a server pause that server alone', [
  'whole bot',
  HERE,
  'model',
]);

export const pause: AdminCommand = {
  body: subcommand('pause', 'Starts no new videos until you resume; what is paid for goes on.', [
    { ...textOption(reason, 'Why; the other admins see it'), max_length: 200 },
    scopeOption,
    modelOption,
  ]),
  for: 'server',
  async answer(command, parts, by) {
    const part = partOf(command, parts, by);
    const { steering, ruling } = parts;
    const why = textOf(command, reason);
    if (typeof part === 'string') return part;
    if (part === null) return pauseText(await steering.pause(by.userId, why));
    return pausePartText(await ruling.pausePart(part, by.userId, why), part);
  },
  complete: async ({ focused }, { house }) => modelChoices(house, focused.typed),
};

export const resume: AdminCommand = {
  body: subcommand('resume', 'Makes videos again; those that waited start by themselves.', [
    scopeOption,
    modelOption,
  ]),
  for: 'server',
  async answer(command, parts, by) {
    const part = partOf(command, parts, by);
    const { steering, ruling } = parts;
    if (typeof part === 'string') return part;
    if (part === null) return resumeText(await steering.resume(by.userId));
    const result = await ruling.resumePart(part, by.userId);
    const waiting = result.kind === 'done' ? await steering.resumed(by.userId) : 0;
    return resumePartText(result, part, waiting);
  },
  complete: async ({ focused }, { house }) => modelChoices(house, focused.typed),
};

/** Null: the whole bot. Words: what is missing. */
function partOf(
  command: Command,
  { house }: AdminParts,
  { ofBot, guildId }: Admin,
): Part | null | string {
  const scope = textOf(command, 'scope');
  if (!ofBot && scope !== null && scope !== HERE) return onlyThisServer();
  if (guildId !== null && (!ofBot || scope === HERE)) return { kind: 'server', guildId };
  const asked = textOf(command, 'model');
  if (scope !== 'model' && asked === null) return null;
  if (asked === null) return whichModel();
  const model = house.allModels().find(({ id }) => id === asked);
  return model === undefined ? noSuchModel() : { kind: 'model', model };
}
