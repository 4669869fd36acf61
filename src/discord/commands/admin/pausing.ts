import { pauseText, resumeText } from '../../text/adminSteering.ts';
import { type AdminCommand, subcommand, textOf, textOption } from './command.ts';

const reason = 'reason';

export const pause: AdminCommand = {
  body: subcommand('pause', 'Starts no new videos until you resume; what is paid for goes on.', [
    { ...textOption(reason, 'Why; the other admins see it'), max_length: 200 },
  ]),
  for: 'bot',
  answer: async (command, { steering }, { userId }) =>
    pauseText(await steering.pause(userId, textOf(command, reason))),
};

export const resume: AdminCommand = {
  body: subcommand('resume', 'Makes videos again; those that waited start by themselves.'),
  for: 'bot',
  answer: async (_command, { steering }, { userId }) => resumeText(await steering.resume(userId)),
};
