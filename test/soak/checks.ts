/** What must hold of the books. Each discrepancy names its job, whose history is printed with it. */
import type { Message } from '../sandbox/discord/discord.ts';
import { type Books, type Entry, hasEnded, type Seen } from './books.ts';

export interface Discrepancy {
  readonly what: string;
  readonly entry: Entry | null;
}

export interface Promised {
  readonly videosPerMember: number;
}

export function discrepanciesOf(books: Books, seen: Seen, promised: Promised): Discrepancy[] {
  const found: Discrepancy[] = [];
  for (const entry of books.entries) {
    const check = (is: boolean, what: string): void => {
      if (!is) found.push({ what, entry });
    };
    check(hasEnded(entry), `it is still ${entry.job.state}`);
    checkMoney(entry, check);
    checkVideos(entry, seen, check);
  }
  for (const call of books.strangers) {
    const what = `paid, and nobody asked for it: ${call.prompt}, ${call.operation}`;
    found.push({ what, entry: null });
  }
  const { unshown, ledger } = books;
  if (unshown > 0) found.push({ what: `${unshown} last words were not shown`, entry: null });
  if (ledger !== null) found.push({ what: `ledger and jobs differ: ${ledger}`, entry: null });
  found.push(...beyondLimit(books, promised));
  return found;
}

type Check = (is: boolean, what: string) => void;

function checkMoney({ job, money, paid, videos, asked }: Entry, check: Check): void {
  check(paid.length <= 1, `paid ${paid.length} times`);
  check(money.held === 0, `${money.held} is still reserved`);
  const cost = costOf(paid);
  const charge = 'charge' in job ? job.charge : ({ kind: 'not charged' } as const);
  switch (charge.kind) {
    case 'charged':
      check(paid.length === 1, 'charged, and the service took nothing');
      check(money.charged === cost, `booked ${money.charged}, the service charged ${cost}`);
      check(charge.microUsd === money.charged, `its row says ${charge.microUsd}`);
      check(money.maybe === 0, `beside it ${money.maybe} as maybe`);
      break;
    case 'may have been charged':
      check(money.money === 'maybe', `may have been charged, and booked as ${money.money}`);
      check(money.charged === 0, `beside it ${money.charged} as charged`);
      break;
    case 'not charged':
      check(money.charged + money.maybe === 0, 'not charged, and money is booked');
      check(cost === 0 || isDeclined(job), `not charged, and the service charged ${cost}`);
      break;
    default:
      charge satisfies never;
  }
  const words = [...videos, ...(asked?.wishes ?? []).map(({ original }) => original)];
  for (const message of words) {
    if (message === undefined || !shows(message, job.id)) continue;
    const denied = /Not charged|Nothing charged/.test(message.content);
    check(!denied || cost === 0 || isDeclined(job), `"${message.content}", and it was charged`);
  }
}

/** What the words of a refusal cost is known to be borne by the operator. */
export function isDeclined(job: Entry['job']): boolean {
  return job.state === 'failed' && job.reason === 'declined';
}

export function costOf(paid: Entry['paid']): number {
  return paid.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
}

function shows(message: Message, id: string): boolean {
  return message.buttons.some(({ customId }) => customId?.endsWith(`:${id}`) ?? false);
}

function checkVideos({ job, videos, asked }: Entry, seen: Seen, check: Check): void {
  const shown = asked?.shows ?? 0;
  if (job.state === 'delivered') {
    check(videos.length >= 1, 'delivered, and its video is nowhere');
    check(videos.length <= 1 + shown, `its video is in ${videos.length} messages`);
    const named = videos.some(({ id }) => id === job.posted.messageId);
    check(named, 'its video is not in the message on the books');
    for (const message of videos) {
      const sums = seen.hashes.get(message);
      const same = sums?.size === 1 && sums.has(job.video.sha256);
      check(same, 'another file than was kept');
      check(message.attachments.length <= 1, `${message.attachments.length} files in a message`);
    }
  } else if (job.state === 'undelivered') {
    // Where nobody can look, an upload without an answer may have arrived.
    const unsure = job.reason === 'unreachable' && job.attempts > 0;
    // And one may have been deleted before its process, killed meanwhile, could write it down.
    const removed = job.reason === 'removed by requester';
    const there = removed ? videos.filter(({ deleted }) => !deleted) : videos;
    check(there.length <= (unsure ? 1 : 0) + shown, `kept, and in ${there.length} messages`);
  } else {
    check(videos.length === 0, `${job.state}, and its video is in ${videos.length} messages`);
  }
  const pings = videos.flatMap((message) => message.pings);
  check(pings.length <= 1 + shown, `${pings.length} pings`);
  check(new Set([...pings, job.requester.userId]).size === 1, 'it pinged somebody else');
}

function beyondLimit({ entries }: Books, { videosPerMember }: Promised): Discrepancy[] {
  const of = new Map<string, number>();
  for (const { job, money } of entries) {
    if (money.money === 'given back' || money.counts === 0) continue;
    of.set(job.requester.userId, (of.get(job.requester.userId) ?? 0) + 1);
  }
  return [...of]
    .filter(([, videos]) => videos > videosPerMember)
    .map(([member, videos]) => ({
      what: `member ${member} had ${videos} videos, ${videosPerMember} are allowed`,
      entry: null,
    }));
}
