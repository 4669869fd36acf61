/** What was spent, by whom, with a picture of the last days. */
import { type Grouping, groupings } from '../../../jobs/money/sums.ts';
import { noPicture, spendAltText, spendChart, spendText } from '../../text/adminSpend.ts';
import { type AdminCommand, subcommand, textOf, wordsOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

const periods = { today: 'day', month: 'month' } as const;

export const spend: AdminCommand = {
  body: subcommand('spend', 'What was spent, by whom, and the last 30 days as a picture.', [
    wordsOption('period', 'Which sums by member, server, model and channel; the month by itself', [
      'today',
      'month',
    ]),
    placeOption,
    wordsOption('by', 'Only this list, with more of it', groupings),
  ]),
  for: 'server',
  isSlow: true,
  async answer(command, { accounting, draw, signal }, by) {
    const guildId = guildOf(command, by);
    const report = await accounting.report(guildId);
    const picture = await draw(spendChart(report), signal);
    const asked = textOf(command, 'by');
    const words = spendText(report, {
      period: textOf(command, 'period') === 'today' ? periods.today : periods.month,
      by: groupings.find((one): one is Grouping => one === asked) ?? null,
    });
    if (picture === null) return `${words}\n${noPicture()}`;
    const file = {
      ...{ name: 'spent.png', contentType: 'image/png', bytes: picture },
      description: spendAltText(report),
    };
    return { content: words, files: [file] };
  },
};
