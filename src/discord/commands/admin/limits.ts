/** `/veo-admin limits`: the bot's admins for the bot, those of a server for their server alone. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { LimitOf } from '../../../jobs/money/limits.ts';
import type { Limit, Span } from '../../../jobs/money/spending.ts';
import type { Command } from '../../incoming/interaction.ts';
import {
  confirmText,
  exemptText,
  limitsText,
  notForServers,
  setLimitText,
  whichLimit,
} from '../../text/adminLimits.ts';
import { type Admin, type AdminCommand, subcommand, wordsOption } from './command.ts';

const scopes = ['bot', 'server', 'channel', 'member', 'role', 'stranger'] as const;
const spans: readonly Span[] = ['day', 'month', 'at once'];
const { Channel, Integer, Number: Decimal, Role, User } = ApplicationCommandOptionType;

const hereOption = {
  type: ApplicationCommandOptionType.Boolean as const,
  name: 'here',
  description: 'For this server alone, beside the limits of the bot',
};

export const showLimits: AdminCommand = {
  group: 'limits',
  for: 'server',
  body: subcommand('show', 'The limits that hold, who set them, and what is used of them.'),
  async answer({ reply, requester, member }, { limits, accounting, spent }, { ofBot, guildId }) {
    const server = ofBot ? null : guildId;
    const holding = limits.limits().filter(({ within }) => ofBot || within === guildId);
    return limitsText({
      server,
      here: guildId,
      limits: holding,
      exempt: limits.exemptBy(server),
      confirmAboveMicroUsd: limits.confirmAboveMicroUsd(),
      timeZone: accounting.calendar.zone,
      used: await spent({ requester: { ...requester, roleIds: member.roleIds }, reply }),
    });
  },
};

export const setLimit: AdminCommand = {
  group: 'limits',
  for: 'server',
  body: subcommand('set', 'Sets a limit; without an amount, back to what the configuration says.', [
    { ...wordsOption('of', 'Of whom: each of them, unless one is named', scopes), required: true },
    { ...wordsOption('period', 'For how long', spans), required: true },
    {
      type: Decimal,
      name: 'usd',
      description: 'At most so many US dollars',
      min_value: 0,
      max_value: 1_000_000,
    },
    {
      type: Integer,
      name: 'videos',
      description: 'At most so many videos',
      min_value: 0,
      max_value: 1_000_000,
    },
    { type: User, name: 'member', description: 'This member, in place of each' },
    { type: Role, name: 'role', description: 'What each who has this role may use' },
    { type: Channel, name: 'channel', description: 'This channel, in place of each' },
    hereOption,
  ]),
  async answer(command, { limits, now }, by) {
    const server = serverOf(command, by);
    const asked = askedLimit(command);
    if (asked === null) return whichLimit();
    // A server's total is its own admins' business; the bot's, and who is in no server, the operator's.
    if (server !== null && (asked.scope === 'bot' || asked.scope === 'stranger')) {
      return notForServers();
    }
    const { maxMicroUsd, maxVideos, ...of } = asked;
    const isNothing = maxMicroUsd === null && maxVideos === null;
    const at = now();
    return setLimitText(
      of,
      isNothing
        ? await limits.takeBack(of, server, by.userId, at)
        : await limits.set(asked, server, by.userId, at),
    );
  },
};

export const exempt: AdminCommand = {
  group: 'limits',
  for: 'server',
  body: subcommand(
    'exempt',
    'From the limits of members, roles and channels; not of server and bot.',
    [
      {
        ...wordsOption('what', 'Exempt them, or no longer', ['exempt', 'no longer']),
        required: true,
      },
      { type: User, name: 'member', description: 'This member' },
      { type: Role, name: 'role', description: 'All who have this role' },
      hereOption,
    ],
  ),
  async answer(command, { limits, now }, by) {
    const { options } = command;
    const [member, role] = [idIn(command, 'member'), idIn(command, 'role')];
    if ((member === null) === (role === null)) return whichLimit();
    const isExempt = options.get('what') === 'exempt';
    const who = member === null ? { roleId: role ?? '' } : { userId: member };
    const server = serverOf(command, by);
    const isChanged = await limits.exemptFrom(who, isExempt, server, by.userId, now());
    return exemptText(who, isExempt, isChanged);
  },
};

export const confirmAbove: AdminCommand = {
  group: 'limits',
  for: 'bot',
  body: subcommand('confirm', 'Above this price a video is made only after a second press.', [
    {
      type: Decimal,
      name: 'usd',
      description: 'US dollars; left out: never',
      min_value: 0,
      max_value: 10_000,
    },
  ]),
  async answer({ options }, { limits, now }, { userId }) {
    const usd = options.get('usd');
    const microUsd = typeof usd === 'number' ? Math.round(usd * 1_000_000) : null;
    await limits.confirmAbove(microUsd, userId, now());
    return confirmText(microUsd);
  },
};

/** Null: the whole bot. Who is no admin of the bot sets for the server alone. */
function serverOf({ options }: Command, { ofBot, guildId }: Admin): string | null {
  return ofBot && options.get('here') !== true ? null : guildId;
}

/** Null where what is named does not go together. */
function askedLimit(command: Command): Omit<Limit, 'within'> | null {
  const { options } = command;
  const scope = scopes.find((one) => one === options.get('of'));
  const period = spans.find((one) => one === options.get('period'));
  if (scope === undefined || period === undefined) return null;
  const named = (['member', 'role', 'channel'] as const).filter((one) => options.has(one));
  const of = idIn(command, scope);
  // Only what the limit is of can be named; a role's limit is of one role.
  if (named.some((one) => one !== scope) || (scope === 'role' && of === null)) return null;
  const [usd, videos] = [options.get('usd'), options.get('videos')];
  if (period === 'at once' && usd !== undefined) return null;
  const which: LimitOf = { scope, period, ...(of !== null && { of }) };
  return {
    ...which,
    maxMicroUsd: typeof usd === 'number' ? Math.round(usd * 1_000_000) : null,
    maxVideos: typeof videos === 'number' ? videos : null,
  };
}

function idIn({ options }: Command, name: string): string | null {
  const id = options.get(name);
  return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : null;
}
