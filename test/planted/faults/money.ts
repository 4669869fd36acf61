/** The ledger and the limits. */
import type { PlantedFault } from '../fault.ts';

export const money: readonly PlantedFault[] = [
  {
    what: 'keeps the reservation when the service refuses',
    file: 'src/jobs/outcomes/submit.ts',
    edits: [
      [
        "        said: outcome.said,\n        money: { kind: 'give back' },",
        '        said: outcome.said,',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['the paid call'] }, { lives: 40 }],
  },
  {
    what: 'counts a call whose answer was lost against the member',
    file: 'src/jobs/outcomes/submit.ts',
    edits: [['countsForMember: false }', 'countsForMember: true }']],
    caughtBy: [
      { test: 'test/jobs/outcomes.test.ts', named: ['the paid call'] },
      { test: 'test/jobs/recovery.test.ts' },
    ],
  },
  {
    what: 'settles again when the file is there',
    file: 'src/jobs/outcomes/kept.ts',
    edits: [
      [
        '  if (difference === null) return made;',
        "  if (difference === null) return { ...made, money: { kind: 'settle', microUsd: job.request.priceMicroUsd, basis: 'estimate' } };",
      ],
    ],
    caughtBy: [{ lives: 20 }],
  },
  {
    what: 'lets settled money move once more',
    file: 'src/sqlite/ledger.ts',
    edits: [['      if (!from.includes(row.money)) {', "      if (row.money === 'given back') {"]],
    caughtBy: [{ test: 'test/sqlite/store.test.ts', named: ['money'] }],
  },
  {
    what: 'believes a video that reports no tokens, and settles at nothing',
    file: 'src/jobs/outcomes/settlement.ts',
    edits: [
      [
        '  const told = usage !== null && usage.videoTokens > 0 ? priceOf',
        '  const told = usage !== null ? priceOf',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/settling.test.ts' }],
  },
  {
    what: 'books nothing where running work was cancelled',
    file: 'src/jobs/outcomes/look.ts',
    edits: [
      [
        '  const { charge, money } = maybe(job, true);',
        "  const [charge, money] = [notCharged, { kind: 'give back' } as const];",
      ],
    ],
    caughtBy: [{ test: 'test/jobs/stopped.test.ts' }, { lives: 100 }],
  },
  {
    what: 'leaves what may have been charged out of the limit of the bot',
    file: 'src/sqlite/spent.ts',
    edits: [['  bot: sums,', "  bot: sums.replace('asked_at >=', 'counts = 1 AND asked_at >='),"]],
    caughtBy: [{ test: 'test/sqlite/store.test.ts', named: ['money'] }],
  },
  {
    what: 'begins the day at midnight of the machine',
    file: 'src/jobs/money/calendar.ts',
    edits: [["timeZone: zone, calendar: 'gregory'", "calendar: 'gregory'"]],
    caughtBy: [{ test: 'test/jobs/calendar.test.ts' }],
  },
  {
    what: 'forgets what was spent that day where the time zone is changed',
    file: 'src/jobs/money/calendar.ts',
    edits: [
      ['calendar.counted(period, changedAt).sinceAt', 'this.around(period, changedAt).sinceAt'],
    ],
    caughtBy: [{ test: 'test/jobs/calendar.test.ts' }],
  },
  {
    what: 'leaves what is held for waiting jobs out of every limit',
    file: 'src/sqlite/spent.ts',
    edits: [['sum(held_micro_usd + charged_micro_usd', 'sum(charged_micro_usd']],
    caughtBy: [
      { test: 'test/money/money.test.ts', named: ['a SQLite file'] },
      { test: 'test/sqlite/ledger.test.ts' },
    ],
  },
  {
    what: 'takes whoever writes a direct message for a member of a server',
    file: 'src/jobs/money/spending.ts',
    edits: [["reply.place !== 'server'", "reply.place === 'elsewhere'"]],
    caughtBy: [
      { test: 'test/jobs/limits.test.ts' },
      { test: 'test/discord/limits.test.ts', named: ['strangers'] },
      { test: 'test/money/money.test.ts' },
    ],
  },
  {
    what: 'lets one more through when the limit is reached',
    file: 'src/jobs/money/spending.ts',
    edits: [['spent.videos + 1 > check.maxVideos', 'spent.videos > check.maxVideos']],
    caughtBy: [{ test: 'test/jobs/spending.test.ts' }],
  },
  {
    what: 'makes two jobs of two presses on "Run again"',
    file: 'src/sqlite/writes.ts',
    edits: [['      (job.runAgainOf === null\n', '      (job.runAgainOf !== undefined\n']],
    caughtBy: [{ test: 'test/sqlite/store.test.ts', named: ['accept'] }],
  },
  {
    what: 'forgets a double click when the first job has ended already',
    file: 'src/discord/buttons.ts',
    edits: [['    if (before !== undefined) return before.origin;\n', '']],
    caughtBy: [{ test: 'test/discord/buttons.test.ts', named: ['Run again'] }],
  },
  {
    what: 'leaves what is made and billed a maybe, found so late',
    file: 'src/jobs/outcomes/lateLook.ts',
    edits: [['          money: move,\n', '']],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['late look'] }],
  },
  {
    what: 'tells nobody of a paid video that was never fetched',
    file: 'src/jobs/outcomes/deliver.ts',
    edits: [["      alarm: 'a paid video cannot be fetched',\n", '']],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['brings no video'] }],
  },
];
