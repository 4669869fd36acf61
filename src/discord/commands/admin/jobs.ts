/** One video, by its id, and the newest of all members. */
import { ApplicationCommandOptionType } from 'discord.js';
import { isUnsettled } from '../../../jobs/admins/steering.ts';
import type { Job } from '../../../jobs/job.ts';
import { states } from '../../../jobs/states.ts';
import { jobsMessage, jobText, noSuchJob } from '../../text/adminJobs.ts';
import { cancelText, settleText } from '../../text/adminSteering.ts';
import { wordsOf } from '../../text/words.ts';
import { type Admin, type AdminCommand, subcommand, textOf, wordsOption } from './command.ts';
import { completeIds, idIn, idOption } from './jobIds.ts';
import { guildOf, placeOption } from './place.ts';

export const job: AdminCommand = {
  body: subcommand('job', 'One video: what happened to it, what it cost, where it is.', [idOption]),
  for: 'server',
  async answer(command, { steering }, by) {
    const id = idIn(command);
    const found = await steering.look(id);
    return found === null || !isTheirs(found.job, by) ? noSuchJob(id) : jobText(found, by.ofBot);
  },
  complete: completeIds(() => true),
};

export const cancel: AdminCommand = {
  body: subcommand('cancel', 'Stops one video, whoever asked for it.', [idOption]),
  for: 'server',
  async answer(command, { actions, steering }, by) {
    const id = idIn(command);
    const found = await steering.look(id);
    if (found === null || !isTheirs(found.job, by)) return noSuchJob(id);
    return cancelText(await actions.cancel(id, { userId: by.userId, isAdmin: true }), id);
  },
  complete: completeIds(canBeStopped),
};

export const settle: AdminCommand = {
  body: subcommand('settle', 'Says by hand whether what “may have been charged” was charged.', [
    idOption,
    {
      ...wordsOption('outcome', 'As the bill of the service has it', ['charged', 'not charged']),
      required: true,
    },
  ]),
  for: 'bot',
  async answer(command, { steering }, { userId }) {
    const id = idIn(command);
    const outcome = textOf(command, 'outcome');
    if (outcome !== 'charged' && outcome !== 'not charged')
      return wordsOf(command).answer.outdatedOptions;
    return settleText(await steering.settle(id, userId, outcome), id);
  },
  complete: completeIds(isUnsettled),
};

export const jobs: AdminCommand = {
  body: subcommand('jobs', 'The newest videos of all members, page by page.', [
    wordsOption('state', 'Only those in this state', states),
    {
      type: ApplicationCommandOptionType.User,
      name: 'member',
      description: 'Only those of this member',
    },
    placeOption,
  ]),
  for: 'server',
  async answer(command, { steering }, by) {
    const asked = textOf(command, 'state');
    const which = {
      state: states.find((one) => one === asked) ?? null,
      userId: textOf(command, 'member'),
      guildId: guildOf(command, by),
    };
    return jobsMessage(await steering.list(which, 0), which, by.ofBot);
  },
};

function canBeStopped({ state }: Job): boolean {
  return ['received', 'gathering', 'queued', 'submitting', 'generating'].includes(state);
}

/** Admins of a server know of what was asked for there, and of nothing else. */
function isTheirs({ reply }: Job, { ofBot, guildId }: Admin): boolean {
  return ofBot || (guildId !== null && reply.guildId === guildId);
}
