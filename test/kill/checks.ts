/** What must be true at the end, wherever the process was killed. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { jobMessage } from '../../src/discord/text/job.ts';
import { money } from '../../src/discord/text/money.ts';
import type { Job, State } from '../../src/jobs/job.ts';
import type { HistoryLine, Totals } from '../../src/jobs/ports/store.ts';
import { isEnded, leadsTo, states } from '../../src/jobs/states.ts';
import { openStore } from '../../src/sqlite/store.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import type { Scenario } from './scenarios.ts';
import type { Stage } from './stage.ts';

/** What a killed process left behind. */
export interface Found {
  readonly states: readonly State[];
  /** Whether Discord had taken the answer to the last command or press. */
  readonly acknowledged: boolean;
}

interface Books {
  readonly jobs: readonly { readonly job: Job; readonly history: readonly HistoryLine[] }[];
  readonly unshown: number;
  readonly totals: Totals;
}

/** Empty when all is well. */
export async function faultsOf(
  stage: Stage,
  scenario: Scenario,
  atKills: readonly Found[],
): Promise<string[]> {
  const books = await readBooks(stage);
  // What Discord never heard of has left nothing; a second press begins anew.
  const jobs = books.jobs.map(({ job }) => job);
  const begun = jobs.filter((job) => !isNeverAcknowledged(job));
  const job = begun[0] ?? jobs[0] ?? null;
  const faults: string[] = [];
  const check = (is: boolean, fault: string): void => {
    if (!is) faults.push(fault);
  };
  check(begun.length <= 1, `${begun.length} jobs for one command`);
  const ends = endsOf(stage, scenario, atKills);
  check(ends.includes(job?.state ?? null), `it ended ${job?.state}, not ${ends.join(' or ')}`);
  check(job === null || isEnded(job), 'it has not ended');
  check(books.unshown === 0, 'its last word was not shown');
  for (const { history } of books.jobs) faults.push(...historyFaults(history));
  faults.push(...moneyFaults(stage, job, books.totals));
  faults.push(...messageFaults(stage, scenario, job));
  for (const line of stage.bots.flatMap((bot) => bot.lines)) {
    check(!['fatal', 'error', 'plain'].includes(line.level), `the log says: ${line.msg}`);
  }
  for (const violation of stage.world.discord.violations.splice(0)) faults.push(violation);
  return faults;
}

/** The failure table. Null: no job at all. */
function endsOf(
  stage: Stage,
  { ends }: Scenario,
  atKills: readonly Found[],
): readonly (State | null)[] {
  if (atKills.some((found) => found.states.includes('submitting'))) return ['unconfirmed'];
  // A member whose press was not answered presses once more, and gets a video.
  const pressedAgain = stage.place === 'direct message' && stage.presses.length > 1;
  const lost = atKills.some(
    ({ states: found, acknowledged }) => found.includes('received') && !acknowledged,
  );
  if (lost && !pressedAgain) return ['cancelled'];
  const isThere =
    stage.presses.length > 0 || atKills.every(({ states: found }) => found.length > 0);
  if (!isThere) return [null];
  return [ends];
}

function isNeverAcknowledged(job: Job): boolean {
  return job.state === 'cancelled' && job.why === 'never acknowledged';
}

async function readBooks(stage: Stage): Promise<Books> {
  const store = await openStore({ path: join(stage.dataDir, 'bot.db') });
  try {
    const jobs = await store.inStates(states);
    const { day } = await store.overview({ dayAt: 0, monthAt: 0 });
    return {
      jobs: await Promise.all(
        jobs.map(async (job) => ({ job, history: await store.history(job.id) })),
      ),
      unshown: (await store.unshown()).length,
      totals: day,
    };
  } finally {
    await store.close();
  }
}

function historyFaults(history: readonly HistoryLine[]): string[] {
  const [first] = history;
  if (first?.state !== 'received') return [`its history begins with ${first?.state}`];
  return history.slice(1).flatMap(({ state }, index) => {
    const before = history[index]?.state ?? state;
    if (before === state || leadsTo[before].includes(state)) return [];
    return [`its history goes from ${before} to ${state}`];
  });
}

function moneyFaults(stage: Stage, job: Job | null, totals: Totals): string[] {
  const { paid } = stage;
  const cost = paid.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
  const { chargedMicroUsd, reservedMicroUsd, maybeMicroUsd } = totals;
  const price = job?.request.priceMicroUsd ?? 0;
  const faults: string[] = [];
  const check = (is: boolean, fault: string): void => {
    if (!is) faults.push(fault);
  };
  check(paid.length <= 1, `paid ${paid.length} times`);
  check(reservedMicroUsd === 0, `still ${reservedMicroUsd} reserved`);
  const charge = job !== null && 'charge' in job ? job.charge : { kind: 'not charged' as const };
  switch (charge.kind) {
    case 'charged':
      check(chargedMicroUsd === cost, `booked ${chargedMicroUsd}, the service charged ${cost}`);
      check(charge.microUsd === cost, `the member reads ${charge.microUsd} for ${cost}`);
      check(maybeMicroUsd === 0, `booked ${maybeMicroUsd} as maybe beside it`);
      break;
    case 'may have been charged':
      check(maybeMicroUsd === price, `${maybeMicroUsd} booked as maybe, not ${price}`);
      check(chargedMicroUsd === 0, `booked ${chargedMicroUsd} as charged beside it`);
      break;
    case 'not charged':
      check(paid.length === 0, '"not charged", but the service took it');
      check(chargedMicroUsd + maybeMicroUsd === 0, 'money is booked for nothing');
      break;
    default:
      charge satisfies never;
  }
  return faults;
}

function messageFaults(stage: Stage, scenario: Scenario, job: Job | null): string[] {
  const { messages, reply } = stage;
  const faults: string[] = [];
  const check = (is: boolean, fault: string): void => {
    if (!is) faults.push(fault);
  };
  const videos = messages.flatMap(({ attachments }) => attachments);
  if (job?.state !== 'delivered') {
    check(videos.length === 0, `${videos.length} videos posted`);
    check(messages.length <= 1, `${messages.length} messages`);
  } else {
    check(videos.length === 1, `${videos.length} videos posted`);
    const posted = messages.find(({ id }) => id === job.posted.messageId);
    check(posted?.attachments.length === 1, 'the message on the books has no video');
    for (const { bytes } of videos) {
      const sum = createHash('sha256').update(bytes).digest('hex');
      check(sum === (job.smaller?.video ?? job.video).sha256, 'another video than was kept');
    }
    const beside = scenario.besideReply === true && posted !== reply;
    check(messages.length === (beside ? 2 : 1), `${messages.length} messages`);
    const charged = job.charge.kind === 'charged' ? job.charge.microUsd : Number.NaN;
    check(posted?.content.includes(`${money(charged)} charged`) ?? false, 'no word of its price');
    if (beside) return faults;
  }
  faults.push(...wordFaults(reply, job));
  return faults;
}

function wordFaults(reply: Message | null, job: Job | null): string[] {
  if (job === null || isNeverAcknowledged(job)) {
    // An offer may stand there; Discord itself tells that a command or press went wrong.
    const ofOffers = /^(Make it|Options$)/;
    const quiet = reply === null || reply.buttons.every(({ label }) => ofOffers.test(label));
    return quiet ? [] : [`a message tells of what was never begun: ${reply.content}`];
  }
  if (reply === null) return ['there is no reply'];
  const faults: string[] = [];
  const { content, components } = jobMessage(job);
  if (reply.content !== content) faults.push(`the reply says "${reply.content}", not "${content}"`);
  const labels = components.flatMap((row) => row.components.map(({ custom_id }) => custom_id));
  const shown = reply.buttons.map(({ customId }) => customId);
  if (shown.join() !== labels.join()) faults.push(`its buttons are ${shown}, not ${labels}`);
  if (job.state === 'unconfirmed' && !content.includes('may have been charged')) {
    faults.push('it does not say "may have been charged"');
  }
  return faults;
}
