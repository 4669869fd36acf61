/** The id of a video, completed while it is typed from those that the command is about. */
import type { Job } from '../../../jobs/job.ts';
import type { Choice } from '../../answering/acknowledge.ts';
import type { Autocomplete, Command } from '../../incoming/interaction.ts';
import { jobChoice } from '../../text/adminJobs.ts';
import { type Admin, type AdminParts, textOf, textOption } from './command.ts';

export const idOption = {
  ...textOption('id', 'The id of the video: eight letters and digits'),
  required: true,
  max_length: 20,
  autocomplete: true as const,
};

export function idIn(command: Pick<Command, 'options'>): string {
  return textOf(command, 'id')?.toLowerCase() ?? '';
}

/** @param fits which videos the command can do something about */
export function completeIds(fits: (job: Job) => boolean) {
  return async (
    { focused }: Autocomplete,
    { steering }: AdminParts,
    { ofBot, guildId }: Admin,
  ): Promise<readonly Choice[]> => {
    const typed = focused.typed.trim().toLowerCase();
    const recent = await steering.recent(ofBot ? null : guildId);
    return recent.filter((job) => job.id.startsWith(typed) && fits(job)).map(jobChoice);
  };
}
