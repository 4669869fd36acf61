/** Delivers a kept video again; of one that was delivered, the admin alone sees a copy. */
import { deliverText, noCopyForAdmin } from '../../text/adminDeliver.ts';
import { type AdminCommand, subcommand } from './command.ts';
import { completeIds, idIn, idOption } from './jobIds.ts';

export const deliver: AdminCommand = {
  body: subcommand('deliver', 'Brings a kept video to its member again, or shows it to you.', [
    idOption,
  ]),
  for: 'server',
  isSlow: true,
  async answer(command, { redelivery, postCopy, signal }, by) {
    const id = idIn(command);
    const guildId = by.ofBot ? null : by.guildId;
    const result = await redelivery.deliverAgain(id, { userId: by.userId, guildId });
    if (result.kind !== 'delivered before') return deliverText(result, id);
    const copied = await postCopy(result.job, { ...command.reply, ephemeral: true }, signal);
    return copied === 'posted' ? null : noCopyForAdmin(result.job.id, copied);
  },
  complete: completeIds((job) => 'keptUntilAt' in job && job.keptUntilAt !== null),
};
