/** Around the paid call: sent twice, lost, or told wrongly. */
import type { PlantedFault } from '../fault.ts';

export const paying: readonly PlantedFault[] = [
  {
    what: 'makes something of a video whose member had it forgotten',
    file: 'src/jobs/clips.ts',
    edits: [["  return job !== null && job.request.prompt !== '';", '  return job !== null;']],
    caughtBy: [{ test: 'test/jobs/following.test.ts' }, { test: 'test/jobs/startLane.test.ts' }],
  },
  {
    what: 'takes two pictures for one',
    file: 'src/jobs/request.ts',
    edits: [[' && areTheSame(a.pictures, b.pictures);', ' && areTheSame(a.pictures, a.pictures);']],
    caughtBy: [{ test: 'test/simulation/store.test.ts', named: ['different pictures'] }],
  },
  {
    what: 'sends the paid call again after a reset',
    file: 'src/jobs/steps/submit.ts',
    edits: [
      [
        "        ? { kind: 'unknown', how: error.how }",
        "        ? { kind: 'wait', trouble: 'service away', retryAfterMs: null }",
      ],
    ],
    caughtBy: [
      { lives: 60 },
      { test: 'test/life/paid-call.test.ts', named: ['is lost after the service took it'] },
    ],
  },
  {
    what: 'takes a 5xx to the paid call for a refusal',
    file: 'src/litellm/errors.ts',
    edits: [
      [
        '  const { status, from } = answer;\n  if (status >= 500 || status < 300 ||',
        '  const { status, from } = answer;\n  if (status < 300 ||',
      ],
    ],
    caughtBy: [{ test: 'test/litellm/errors.test.ts' }],
  },
  {
    what: 'takes every reset of the paid call for one that never left',
    file: 'src/litellm/http.ts',
    edits: [['        left: () => connected,', '        left: () => false,']],
    caughtBy: [{ test: 'test/litellm/submit.test.ts' }],
  },
  {
    what: 'breaks the paid call off at shutdown, though it has left',
    file: 'src/litellm/http.ts',
    edits: [['      if (!connected) early.abort();', '      early.abort();']],
    caughtBy: [{ test: 'test/litellm/submit.test.ts' }],
  },
  {
    what: 'sends again what was under way when the process died',
    file: 'src/jobs/recovery.ts',
    edits: [
      [
        "      return unconfirmed(job, { now }, 'the process ended');",
        "      return change({ now }, { state: 'queued', dueAt: now, deadlineAt: job.deadlineAt, ahead: 0, trouble: null }, { event: 'found at start' });",
      ],
    ],
    caughtBy: [{ test: 'test/jobs/recovery.test.ts' }, { lives: 300 }],
  },
  {
    what: 'looks at an operation before its name is on disk',
    file: 'src/jobs/lanes/startLane.ts',
    edits: [
      [
        '    this.#learnFrom(outcome, submitting);',
        "    if (outcome.kind === 'accepted') await service.look(outcome.operation, submitting.request, this.#work.stopping).catch(() => {});\n    this.#learnFrom(outcome, submitting);",
      ],
    ],
    caughtBy: [{ lives: 100 }],
  },
  {
    what: 'pays although the disk is full',
    file: 'src/jobs/lanes/startLane.ts',
    edits: [
      ['    return hasRoom ? null : waitUntil(', '    return held === null ? null : waitUntil('],
    ],
    caughtBy: [{ test: 'test/jobs/startLane.test.ts' }],
  },
  {
    what: 'loses what a step found when somebody else was faster',
    file: 'src/jobs/writer.ts',
    edits: [['      current = fresh;', '      return null;']],
    caughtBy: [{ test: 'test/jobs/writer.test.ts' }],
  },
  {
    what: 'decides by the row as it was before the paid call, without the press on Cancel since',
    file: 'src/jobs/lanes/startLane.ts',
    edits: [
      ['afterSubmit(current, outcome, context)', 'afterSubmit(submitting, outcome, context)'],
    ],
    caughtBy: [{ test: 'test/life/cancelling.test.ts', named: ['during the paid call'] }],
  },
  {
    what: 'begins the time in the queue anew with each try',
    file: 'src/jobs/outcomes/submit.ts',
    edits: [
      [
        '            deadlineAt: job.deadlineAt,\n            ahead: 0,',
        '            deadlineAt: context.now + context.rules.queueForMs,\n            ahead: 0,',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['the paid call'] }],
  },
  {
    what: 'loses what was told of a job from outside',
    file: 'src/jobs/outcomes/submit.ts',
    edits: [['        told: job.told,', '        told: null,']],
    caughtBy: [{ test: 'test/jobs/hints.test.ts' }],
  },
  {
    what: 'starts a draft for whoever presses its button',
    file: 'src/jobs/actions/asking.ts',
    edits: [["      if (draft.userId !== by.userId) return { kind: 'not yours' };\n", '']],
    caughtBy: [{ test: 'test/discord/drafts.test.ts' }],
  },
  {
    what: 'acknowledges before the row is written',
    file: 'src/jobs/actions/asking.ts',
    edits: [
      [
        '    const accepted = await store.accept(',
        "    const early = acknowledge({ ...job, revision: 0, attempts: 0, changedAt: job.askedAt, shown: null } as unknown as JobIn<'received'>);\n    const accepted = await store.accept(",
      ],
      ['await acknowledgeFirst(accepted.job, acknowledge), reply)', 'await early, reply)'],
    ],
    caughtBy: [{ test: 'test/discord/commands.test.ts' }],
  },
];
