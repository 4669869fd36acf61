/** What Discord is told, and how often. */
import type { PlantedFault } from '../fault.ts';

export const posting: readonly PlantedFault[] = [
  {
    what: 'marks a job as delivered before its video is posted',
    file: 'src/jobs/runner.ts',
    edits: [
      [
        '      const outcome = await deliver(job, replies, store, this.#stop.signal);',
        "      const { channelId, messageId } = job.reply;\n      const outcome = { kind: 'posted' as const, channelId, messageId: messageId ?? '' };\n      void replies.deliver(job, this.#stop.signal);",
      ],
    ],
    caughtBy: [{ lives: 40 }],
  },
  {
    what: 'goes on with a delivery after a restart as if nothing had been sent',
    file: 'src/jobs/recovery.ts',
    edits: [['        attempts: 1,', '        attempts: 0,']],
    caughtBy: [{ test: 'test/jobs/recovery.test.ts' }],
  },
  {
    what: 'posts without a nonce',
    file: 'src/discord/posting/deliver.ts',
    edits: [
      [
        "return upload(job, { method: 'post', route, auth: true, body, place: how.place }, signal);",
        "return upload(job, { method: 'post', route, auth: true, ...how }, signal);",
      ],
    ],
    caughtBy: [{ test: 'test/life/upload.test.ts', named: ['has the same nonce'] }],
  },
  {
    what: 'posts with a nonce that Discord need not heed',
    file: 'src/discord/posting/deliver.ts',
    edits: [[', enforce_nonce: true };', ' };']],
    caughtBy: [{ test: 'test/discord/ladder.test.ts' }],
  },
  {
    what: 'edits without saying which files stay',
    file: 'src/discord/posting/upload.ts',
    edits: [['JSON.stringify({ ...body, attachments })', 'JSON.stringify(body)']],
    caughtBy: [{ test: 'test/discord/replies.test.ts' }],
  },
  {
    what: 'posts anew without a look at the reply, when the token died after a lost answer',
    file: 'src/discord/posting/deliver.ts',
    edits: [
      [
        '    const earlier =\n      (await inReply(job, signal)) ??\n      (job.attempts > 0',
        '    const earlier =\n      (job.attempts > 0',
      ],
    ],
    caughtBy: [{ test: 'test/discord/ladder.test.ts' }],
  },
  {
    what: 'sends a second one to where nobody can look whether the first arrived',
    file: 'src/jobs/outcomes/deliver.ts',
    edits: [
      [
        "  const mayBeThere = unsure > 0 && job.rung === 'reply by token' && unseen;",
        "  const mayBeThere = unsure > 99 && job.rung === 'reply by token' && unseen;",
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['posting a video'] }],
  },
  {
    what: 'posts once more where an edit may have arrived and the bot may not look',
    file: 'src/discord/posting/deliver.ts',
    edits: [
      [
        "    if (found === 'not readable') return { ...over, mayBeThere: true };",
        "    if (found === 'not readable') return over;",
      ],
    ],
    caughtBy: [{ test: 'test/discord/ladder.test.ts' }],
  },
  {
    what: 'sends with the next message what may be there already',
    file: 'src/jobs/actions/showing.ts',
    edits: [['        current.attempts === 0\n', '        current.attempts >= 0\n']],
    caughtBy: [{ test: 'test/discord/videos.test.ts', named: ['a text in a direct message'] }],
  },
  {
    what: 'forgets that a message was to be hidden where the answer to making it was lost',
    file: 'src/jobs/actions/showing.ts',
    edits: [
      [
        "  if (found.kind === 'unsure') return { ...reply, ephemeral: isHidden };",
        "  if (found.kind === 'unsure') return { ...reply, ephemeral: isHidden && reply.ephemeral };",
      ],
    ],
    caughtBy: [{ test: 'test/discord/videos.test.ts', named: ['stays hidden'] }],
  },
  {
    what: 'posts where everybody sees it what an admin took down',
    file: 'src/jobs/steps/deliver.ts',
    edits: [
      [
        'isPrivate(job) || (await isTakenDown(store, job, job.reply.guildId));',
        'isPrivate(job) && (await isTakenDown(store, job, job.reply.guildId));',
      ],
    ],
    caughtBy: [{ test: 'test/discord/unseenLadder.test.ts' }],
  },
  {
    what: 'shows everybody what is made of a video that an admin took down',
    file: 'src/jobs/takenDown.ts',
    edits: [['    next = basis?.jobId;', '    next = undefined;']],
    caughtBy: [{ test: 'test/jobs/following.test.ts' }],
  },
  {
    what: 'takes a 413 for a lost answer and uploads again and again',
    file: 'src/discord/connection/errors.ts',
    edits: [['  if (status === 413 || code === 40005)', '  if (code === 40005)']],
    caughtBy: [{ test: 'test/discord/ladder.test.ts', named: ['too large'] }],
  },
  {
    what: 'posts again what somebody has deleted',
    file: 'src/discord/posting/deliver.ts',
    edits: [
      [
        "        return reply.ephemeral ? { kind: 'rung over', how: failure.how } : { kind: 'removed' };",
        "        return { kind: 'rung over', how: failure.how };",
      ],
    ],
    caughtBy: [{ test: 'test/discord/replies.test.ts', named: ['deleted'] }],
  },
  {
    what: 'takes "already acknowledged" for its own at the first try',
    file: 'src/discord/answering/callback.ts',
    edits: [
      [
        "          ? { kind: 'not ours', how: ANOTHER_PROCESS }",
        "          ? { kind: 'answered', body: null }",
      ],
    ],
    caughtBy: [
      { test: 'test/discord/acknowledge.test.ts', named: ['of two processes'] },
      { test: 'test/life/two-copies.test.ts' },
    ],
  },
  {
    what: 'forgets who may be pinged',
    file: 'src/discord/text/job.ts',
    edits: [
      [
        '    components: jobButtons(job),\n    allowed_mentions: pingNobody,',
        '    components: jobButtons(job),\n    allowed_mentions: {},',
      ],
    ],
    caughtBy: [{ test: 'test/discord/texts.test.ts' }],
  },
  {
    what: 'asks again and again with a token that is dead',
    file: 'src/jobs/outcomes/deliver.ts',
    edits: [
      [
        '  return { ...change(context, to, note), reply: { ...job.reply, tokenDead: true } };',
        '  return change(context, to, note);',
      ],
    ],
    caughtBy: [{ test: 'test/jobs/outcomes.test.ts', named: ['posting a video'] }],
  },
  {
    what: 'lets everybody cancel',
    file: 'src/jobs/actions/who.ts',
    edits: [
      [
        '  return by.isAdmin || job.requester.userId === by.userId;',
        "  return by.isAdmin || job.requester.userId !== '';",
      ],
    ],
    caughtBy: [{ test: 'test/discord/buttons.test.ts', named: ['Cancel'] }],
  },
  {
    what: 'draws old words over a video that is being posted',
    file: 'src/jobs/shows.ts',
    edits: [['    if (this.#hushed.has(job.id) || this.#timers', '    if (this.#timers']],
    caughtBy: [{ test: 'test/jobs/shows.test.ts', named: ['keeps still'] }],
  },
  {
    what: 'leaves it to Discord whom a private answer pings',
    file: 'src/discord/answering/acknowledge.ts',
    edits: [
      [
        '    flags: MessageFlags.Ephemeral,\n    allowed_mentions: pingNobody,',
        '    flags: MessageFlags.Ephemeral,',
      ],
    ],
    caughtBy: [{ test: 'test/discord/videos.test.ts' }],
  },
];
