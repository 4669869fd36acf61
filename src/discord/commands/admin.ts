/** `/veo-admin`: checked here, since Discord's own permission for it can be overridden by servers. */
import { SnowflakeUtil as DiscordSnowflake } from 'discord.js';
import { states } from '../../jobs/job.ts';
import type { Steering } from '../../jobs/steering.ts';
import type { AdminView } from '../adminView.ts';
import type { GatewayState } from '../client.ts';
import { actorOf, type CommandHandler, type HandlerParts } from '../handlers.ts';
import type { Command } from '../interaction.ts';
import { notAnAdmin, statusText } from '../text/admin.ts';
import { jobsText, jobText, noSuchJob } from '../text/adminJobs.ts';
import { cancelText, pauseText, resumeText, settleText } from '../text/adminSteering.ts';
import { outdatedOptions, unknownCommand } from '../text/answers.ts';

export interface AdminParts extends Pick<HandlerParts, 'actions' | 'answers' | 'adminUserIds'> {
  readonly admin: AdminView;
  readonly steering: Steering;
  readonly gateway: () => GatewayState;
  /** Wall clock in ms. */
  readonly now: () => number;
}

/** Names on the wire; they stand in Discord's clients, so a new name is a new option. */
export const adminOption = {
  reason: 'reason',
  id: 'id',
  state: 'state',
  outcome: 'outcome',
} as const;

export function createAdmin(parts: AdminParts): CommandHandler {
  const { actions, admin, steering, gateway, answers, adminUserIds, now } = parts;

  async function answerTo(command: Command, clockAheadMs: number): Promise<string> {
    const by = command.requester.userId;
    switch (command.subcommand) {
      case 'status':
        return statusText({ ...(await admin.status()), clockAheadMs }, gateway());
      case 'pause':
        return pauseText(await steering.pause(by, textOf(command, adminOption.reason)));
      case 'resume':
        return resumeText(await steering.resume(by));
      case 'job': {
        const id = textOf(command, adminOption.id)?.toLowerCase() ?? '';
        const found = await steering.look(id);
        return found === null ? noSuchJob(id) : jobText(found.job, found.history);
      }
      case 'jobs': {
        const asked = textOf(command, adminOption.state);
        const state = states.find((one) => one === asked) ?? null;
        return jobsText(await steering.newest(state), state);
      }
      case 'cancel': {
        const id = textOf(command, adminOption.id)?.toLowerCase() ?? '';
        const result = await actions.cancel(id, actorOf(by, adminUserIds));
        return cancelText(result, id);
      }
      case 'settle': {
        const id = textOf(command, adminOption.id)?.toLowerCase() ?? '';
        const outcome = textOf(command, adminOption.outcome);
        if (outcome !== 'charged' && outcome !== 'not charged') return outdatedOptions();
        return settleText(await steering.settle(id, by, outcome), id);
      }
      default:
        return unknownCommand();
    }
  }

  return async (command) => {
    // The command's id holds Discord's own time; it was on its way for a fraction of a second.
    const clockAheadMs = now() - DiscordSnowflake.timestampFrom(command.id);
    if (!actorOf(command.requester.userId, adminUserIds).isAdmin) {
      return answers.privately(command, notAnAdmin());
    }
    await answers.privately(command, await answerTo(command, clockAheadMs));
  };
}

function textOf({ options }: Command, name: string): string | null {
  const value = options.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
