/** The accounts as a file, one line for each job. */
import type { Between, Calendar } from '../../../jobs/money/calendar.ts';
import { dayNamed, lastMonths, monthName, monthNamed } from '../../../jobs/money/dates.ts';
import { exported } from '../../admins/exporting.ts';
import type { Command } from '../../incoming/interaction.ts';
import {
  exportNotTaken,
  exportText,
  noSuchDay,
  noSuchMonth,
  notARange,
  promptsOnlyForBotAdmins,
} from '../../text/adminExport.ts';
import { type AdminCommand, subcommand, textOf, textOption, wordsOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

/** What every place takes; more is announced than is true. */
const EVERY_PLACE_BYTES = 10 * 1024 * 1024;
/** For the words around it. */
const MARGIN_BYTES = 64 * 1024;
const MONTHS_OFFERED = 12;

type Period = Between & { readonly name: string };

export const exportAccounts: AdminCommand = {
  body: subcommand('export', 'Every request with what it cost, as a CSV file.', [
    {
      ...textOption('month', 'E.g. 2026-11; this month by itself'),
      autocomplete: true,
    },
    textOption('from', 'The first day, e.g. 2026-11-05'),
    textOption('to', 'The last day, e.g. 2026-11-19'),
    placeOption,
    wordsOption('prompts', 'Also what members wrote; only for admins of the bot', ['yes']),
  ]),
  for: 'server',
  isSlow: true,
  async answer(command, { accounting, now }, by) {
    const prompts = textOf(command, 'prompts') === 'yes';
    if (prompts && !by.ofBot) return promptsOnlyForBotAdmins();
    const { calendar } = accounting;
    const period = periodIn(command, now(), calendar);
    if (typeof period === 'string') return period;
    const guildId = guildOf(command, by);
    const { sinceAt, untilAt, name } = period;
    const announced = command.reply.announcedLimitBytes ?? EVERY_PLACE_BYTES;
    const maxBytes = Math.min(announced, EVERY_PLACE_BYTES) - MARGIN_BYTES;
    const lines = accounting.lines({ sinceAt, untilAt, guildId });
    const found = await exported(lines, { prompts, calendar, maxBytes });
    const text = exportText(found, { period: name, guildId, prompts });
    const { file } = found;
    if (file === null) return text;
    const packed = {
      ...{ name: `videos-${name.replaceAll(' ', '-')}.${file.kind}`, bytes: file.bytes },
      contentType: file.kind === 'csv' ? 'text/csv' : 'application/gzip',
      description: `The accounts, ${name}: one line for each request.`,
    };
    return { content: text, files: [packed], withoutFiles: exportNotTaken(text) };
  },
  async complete({ focused }, { accounting, now }) {
    return lastMonths(now(), MONTHS_OFFERED, accounting.calendar)
      .filter((name) => name.startsWith(focused.typed.trim()))
      .map((name) => ({ name, value: name }));
  },
};

/** The period asked for, or what is wrong with it. */
function periodIn(command: Command, now: number, calendar: Calendar): Period | string {
  const [month, from, to] = ['month', 'from', 'to'].map((name) => textOf(command, name));
  if (from == null && to == null) {
    const name = month ?? monthName(now, calendar);
    const found = monthNamed(name, calendar);
    return found === null ? noSuchMonth(name) : { ...found, name };
  }
  if (month != null || from == null) return notARange();
  const last = to ?? from;
  const [first, end] = [dayNamed(from, calendar), dayNamed(last, calendar)];
  if (first === null) return noSuchDay(from);
  if (end === null) return noSuchDay(last);
  if (end.sinceAt < first.sinceAt) return notARange();
  const name = from === last ? from : `${from} to ${last}`;
  return { sinceAt: first.sinceAt, untilAt: end.untilAt, name };
}
