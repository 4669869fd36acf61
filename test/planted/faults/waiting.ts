/** Looks at what runs, and the fetching of what is done. */
import type { PlantedFault } from '../fault.ts';

export const waiting: readonly PlantedFault[] = [
  {
    what: "takes the proxy's own 404 for a lost operation",
    file: 'src/litellm/errors.ts',
    edits: [
      [
        "  if (from !== 'google' && from !== 'interactions') return 'unclear';",
        "  if (from === 'unknown') return 'unclear';",
      ],
    ],
    caughtBy: [{ test: 'test/litellm/errors.test.ts' }],
  },
  {
    what: 'believes the first "no such operation"',
    file: 'src/jobs/outcomes/hearsay.ts',
    edits: [
      [
        '  return gone.seen >= rules.goneBelievedAfter && now - gone.sinceAt >= rules.goneBelievedForMs;',
        '  return gone.seen >= 1 && now >= gone.sinceAt && rules.goneBelievedAfter > 0;',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['a look'] }],
  },
  {
    what: 'judges the deadline before it listens to the service',
    file: 'src/jobs/outcomes/look.ts',
    edits: [
      [
        "  switch (outcome.kind) {\n    case 'running':\n      if (context.now >= job.deadlineAt) return overdue(job, context);\n",
        "  if (context.now >= job.deadlineAt) return overdue(job, context);\n  switch (outcome.kind) {\n    case 'running':\n",
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['a look'] }],
  },
  {
    what: 'takes every refused look for "no such operation"',
    file: 'src/jobs/steps/look.ts',
    edits: [
      [
        "    case 'unclear':\n      return { kind: 'no answer', trouble: 'service away', retryAfterMs, how };",
        "    case 'unclear':\n      return { kind: 'gone' };",
      ],
    ],
    caughtBy: [{ test: 'test/jobs/looking.test.ts' }],
  },
  {
    what: 'looks as often as it likes',
    file: 'src/jobs/looks/pollBudget.ts',
    edits: [
      [
        '    if (first === undefined || !budget.take(nowMs)) return undefined;',
        '    if (first === undefined) return undefined;',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/pollBudget.test.ts' }, { lives: 100 }],
  },
  {
    what: 'comes back sooner than the service asked for',
    file: 'src/jobs/lanes/delays.ts',
    edits: [['retryAfterMs * (1 + 0.25 * chance())', 'retryAfterMs * (0.9 + 0.25 * chance())']],
    caughtBy: [{ test: 'test/jobs/delays.test.ts' }],
  },
  {
    what: "sends the key to a redirect's host",
    file: 'src/litellm/http.ts',
    edits: [
      [
        'headers: { ...(ours ? this.#headers(options.tags) : {}), ...range(from, ours) },',
        'headers: { ...this.#headers(options.tags), ...range(from, ours) },',
      ],
    ],
    caughtBy: [{ test: 'test/litellm/download.test.ts', named: ['redirect'] }],
  },
  {
    what: 'keeps the key in what the service said',
    file: 'src/litellm/errors.ts',
    edits: [
      [
        "answer.message === '' ? null : withoutSecrets(answer.message)",
        "answer.message === '' ? null : answer.message",
      ],
    ],
    caughtBy: [{ test: 'test/litellm/errors.test.ts' }],
  },
  {
    what: 'puts a whole file behind the part that was there',
    file: 'src/litellm/file.ts',
    edits: [
      [
        '  if (!(answer.status === 206 ? startOf(answer) === from : from === 0)) {',
        '  if (answer.status === 206 && startOf(answer) !== from) {',
      ],
    ],
    caughtBy: [{ test: 'test/litellm/download.test.ts', named: ['knows no ranges'] }],
  },
  {
    what: 'does not ask where the boxes of an MP4 end',
    file: 'src/disk/mp4Boxes.ts',
    edits: [['    if (missing > 0) return fault(', '    if (missing > fileBytes) return fault(']],
    caughtBy: [{ test: 'test/disk/mp4.test.ts', named: ['a cut MP4'] }],
  },
  {
    what: 'gives a video its name before its bytes are on disk',
    file: 'src/disk/whole.ts',
    edits: [['[sumUp(file), file.sync()]', '[sumUp(file)]']],
    caughtBy: [{ test: 'test/disk/order.test.ts' }],
  },
  {
    what: 'does not put the name of a video on disk',
    file: 'src/disk/videos.ts',
    edits: [['        await syncFolder(videosFolder);\n', '']],
    caughtBy: [{ test: 'test/disk/order.test.ts' }],
  },
  {
    what: 'trusts the disk with a write that is not on it',
    file: 'src/sqlite/open.ts',
    edits: [["db.pragma('synchronous = FULL')", "db.pragma('synchronous = NORMAL')"]],
    caughtBy: [{ test: 'test/sqlite/files.test.ts', named: ['with its marks'] }],
  },
  {
    what: 'says that a write is done before it is committed',
    file: 'src/sqlite/group.ts',
    edits: [
      [
        '            return () => resolve(value);',
        '            resolve(value);\n            return () => {};',
      ],
    ],
    caughtBy: [{ test: 'test/sqlite/group.test.ts' }],
  },
  {
    what: 'leaves the revision out of the guard of a write',
    file: 'src/sqlite/writes.ts',
    edits: [
      [
        '     WHERE id = ? AND state = ? AND revision = ?`',
        '     WHERE id = ? AND state = ? AND revision >= ?`',
      ],
      [
        '     WHERE id = @id AND state = @from AND revision = @revision\n',
        '     WHERE id = @id AND state = @from AND revision >= @revision\n',
      ],
    ],
    caughtBy: [{ test: 'test/sqlite/store.test.ts', named: ['apply'] }],
  },
];
