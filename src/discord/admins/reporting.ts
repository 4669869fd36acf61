/**
 * "Report video…": whoever sees one tells the admins, privately and once. Those of the server are told
 * where they have a channel for it, else those of the bot. Under the report an admin takes it down.
 */
import { Routes } from 'discord.js';
import type { Actions } from '../../jobs/actions.ts';
import type { House } from '../../jobs/admins/house.ts';
import type { Reporting } from '../../jobs/admins/reporting.ts';
import { type SettingScope, serverScope } from '../../jobs/admins/settings.ts';
import type { TellResult } from '../../jobs/admins/telling.ts';
import type { Job } from '../../jobs/job.ts';
import { sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { actorOf, type HandlerParts, type MessageCommandHandler } from '../handlers.ts';
import type { Press, Submit } from '../incoming/interaction.ts';
import type { ObserveDiscord } from '../observe.ts';
import {
  goneAlready,
  NOWHERE,
  notTakenDown,
  notYoursToTakeDown,
  type Report,
  reportDone,
  reportMessage,
  takenDown,
  takenDownBy,
} from '../text/adminReports.ts';
import { parseReportId, REASON_FIELD, reportForm, takenDownMessage } from '../text/reporting.ts';
import { wordsOf } from '../text/words.ts';
import type { Audit } from './audit.ts';

export interface ReportsParts extends Pick<HandlerParts, 'answers' | 'adminUserIds'> {
  readonly actions: Pick<Actions, 'dropLinks' | 'takenDown'>;
  readonly reporting: Reporting;
  readonly audit: Pick<Audit, 'tell'>;
  readonly house: Pick<House, 'get'>;
  readonly rest: DiscordRest;
  readonly observe: ObserveDiscord;
  /** Null before the gateway has said it. */
  readonly botUserId: () => string | null;
  readonly signal: AbortSignal;
}

export interface Reports {
  readonly command: MessageCommandHandler;
  isIts(submit: Submit): boolean;
  submit(submit: Submit): Promise<void>;
  /** @param what the job, server, channel and message, with dashes between them */
  takeDown(press: Press, what: string): Promise<void>;
}

export function createReports(parts: ReportsParts): Reports {
  const { actions, answers, adminUserIds, reporting, audit, house, rest, observe, signal } = parts;

  /** The nearest admins that can be told. */
  async function tell(job: Job, report: Report, key: string): Promise<TellResult | 'told here'> {
    const here = channelScope(report.guildId);
    if (here !== null) {
      const isTheirs = isOf(job, report.guildId);
      const result = await audit.tell(here, reportMessage(job, report, isTheirs), key);
      if (result === 'told') return 'told here';
      if (result === 'later') return 'later';
    }
    return audit.tell('bot', reportMessage(job, report, true), key);
  }

  function channelScope(guildId: string | null): SettingScope | null {
    if (guildId === null) return null;
    const scope = serverScope(guildId);
    return house.get(scope, 'audit') === null ? null : scope;
  }

  /** What the reporter reads of it. */
  async function report(sent: Submit): Promise<string> {
    const words = wordsOf(sent).report;
    const about = parseReportId(sent.customId);
    const written = sent.fields.get(REASON_FIELD) ?? '';
    if (about === null || typeof written !== 'string') return wordsOf(sent).answer.notUnderstood;
    const { userId } = sent.requester;
    const { guildId, channelId } = sent.reply;
    const { jobId, messageId } = about;
    const result = await reporting.report(jobId, userId, guildId ?? channelId);
    switch (result.kind) {
      case 'no such job':
        return words.noVideoThere;
      case 'reported before':
        return words.before;
      case 'too many':
        return words.tooMany;
      case 'reported': {
        const { job, count, isTold } = result;
        if (!isTold) return words.counted(count);
        const reason = written.trim();
        const what = { userId, reason, count, guildId, channelId, messageId };
        // The same key for each try: one whose answer was lost may have arrived.
        const told = await tell(job, what, `report ${jobId} ${userId}`);
        if (told === 'told') return words.toBot;
        if (told === 'told here') return words.toServer;
        await reporting.takeBack(jobId, userId);
        return told === 'later' ? words.notNow : words.nobody;
      }
      default:
        return result satisfies never;
    }
  }

  function mayTakeDown(press: Press, guildId: string): boolean {
    if (actorOf(press.requester, adminUserIds).isAdmin) return true;
    const { reply, member } = press;
    return reply.place === 'server' && reply.guildId === guildId && member.managesServer;
  }

  /** Null: done. */
  async function empty(job: Job, channelId: string, messageId: string) {
    const body = { ...takenDownMessage(job), attachments: [] };
    try {
      await rest.ordinary.patch(Routes.channelMessage(channelId, messageId), { body, signal });
      return null;
    } catch (error) {
      const failure = sortFailure(error);
      observe({ kind: 'not answered', what: 'take down', how: failure.how });
      if (failure.kind === 'message gone') return 'gone';
      return failure.kind === 'refused' ? 'out of reach' : 'not now';
    }
  }

  return {
    async command(command) {
      const words = wordsOf(command).report;
      const { target, requester } = command;
      const { jobId, messageId } = target;
      const isOurs = target.authorId !== null && target.authorId === parts.botUserId();
      if (!isOurs || jobId === null || !target.hasFiles) {
        return answers.privately(command, words.noVideoThere);
      }
      if (await reporting.isReported(jobId, requester.userId)) {
        return answers.privately(command, words.before);
      }
      await answers.openForm(command, reportForm({ jobId, messageId }, wordsOf(command)));
    },

    isIts: ({ customId }) => parseReportId(customId) !== null,

    submit: (sent) => answers.privatelyLater(sent, () => report(sent)),

    async takeDown(press, what) {
      const [jobId = '', guildId = NOWHERE, channelId = '', messageId = ''] = what.split('-');
      if (!mayTakeDown(press, guildId)) return answers.privately(press, notYoursToTakeDown());
      const job = await reporting.find(jobId);
      if (job === null) return answers.privately(press, wordsOf(press).answer.noSuchVideo);
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      const failed = await empty(job, channelId, messageId);
      if (failed === 'out of reach' || failed === 'not now') {
        return answers.privatelyAfterwards(press, notTakenDown(failed));
      }
      // Who was given a link may not watch what is taken down; a server says so of its own alone.
      const { isAdmin } = actorOf(press.requester, adminUserIds);
      if (isOf(job, guildId) || isAdmin) await actions.dropLinks(jobId);
      const countsIn = isAdmin ? null : guildId;
      await actions.takenDown(jobId, countsIn);
      await answers.updateItsMessage(press, reportDone(what));
      const wasGone = failed === 'gone';
      const said = wasGone ? goneAlready(jobId, countsIn) : takenDown(jobId);
      await answers.privatelyAfterwards(press, said);
      const scope = channelScope(guildId === NOWHERE ? null : guildId) ?? 'bot';
      const told = takenDownBy(jobId, press.requester.userId, wasGone);
      await audit.tell(scope, told, `taken ${press.id}`);
    },
  };
}

/** Admins of a server know of what was asked for there, and of nothing else. */
function isOf({ reply }: Job, guildId: string | null): boolean {
  return guildId !== null && reply.guildId === guildId;
}
