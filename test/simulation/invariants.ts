/**
 * What must hold in every life, whatever goes wrong. Each says in words what it means and gives
 * the breach in words, or null.
 */

import type { Job } from '../../src/jobs/job.ts';
import { ended, isEnded, leadsTo } from '../../src/jobs/states.ts';
import { pictureOf } from './picture.ts';
import { SLOW_STORE_MS } from './weather.ts';
import type { World } from './world.ts';

export interface Invariant {
  readonly says: string;
  readonly breach: (world: World) => string | null;
}

/** Hold after every event. */
export const always: readonly Invariant[] = [
  {
    says: 'A job is paid at most once.',
    breach: (world) =>
      each(world, ({ id }) => {
        const begun = world.google.begunFor(id);
        return begun > 1 ? `paid work was begun ${begun} times` : null;
      }),
  },
  {
    says: 'A video is posted at most once, unless a person asked to see it again.',
    breach: (world) =>
      each(world, ({ id }) => {
        const posts = world.discord.posts.filter(({ jobId }) => jobId === id).length;
        const allowed = 1 + (world.askedAgain.get(id) ?? 0);
        return posts > allowed ? `posted ${posts} times` : null;
      }),
  },
  {
    says: 'A video that was asked for privately is in no message that others can see.',
    breach: (world) => {
      const { messages, posts } = world.discord;
      const isOpen = (id: string) => {
        const message = messages.get(id);
        if (message === undefined || message.hidden) return false;
        return world.discord.placeOf(message.channelId).kind !== 'dm';
      };
      return each(world, ({ id, request }) => {
        if (request.private !== true) return null;
        const open = posts.find(({ jobId, messageId }) => jobId === id && isOpen(messageId));
        return open === undefined ? null : `seen in ${open.messageId}`;
      });
    },
  },
  {
    says: 'A job changes only from the row as it stands, along leadsTo.',
    breach: (world) => {
      const revisions = new Map<string, number>();
      const stateOf = new Map<string, string>();
      for (const { jobId, from, fromRevision, to } of world.steps) {
        const known = stateOf.get(jobId) ?? 'received';
        if (fromRevision !== (revisions.get(jobId) ?? 0) || from !== known) {
          return `${jobId}: changed from ${from} ${fromRevision}, but it was ${known}`;
        }
        if (from !== to && !leadsTo[from].includes(to)) return `${jobId}: ${from} → ${to}`;
        revisions.set(jobId, fromRevision + 1);
        stateOf.set(jobId, to);
      }
      return null;
    },
  },
  {
    says: 'A job ends once: done or cancelled, never both.',
    breach: (world) =>
      each(world, ({ id }) => {
        const ways = world.steps.filter(({ jobId }) => jobId === id).map(({ to }) => to);
        const done = ways.some((to) => to === 'downloading' || to === 'delivered');
        return done && ways.includes('cancelled') ? 'it was done and cancelled' : null;
      }),
  },
  {
    says: 'A job that has not ended has a due time, or its paid call is under way.',
    breach: (world) =>
      each(world, (job) => {
        if (isEnded(job) || job.state === 'submitting') return null;
        return 'dueAt' in job && Number.isFinite(job.dueAt) ? null : `${job.state}, never due`;
      }),
  },
  {
    says: 'Money is held exactly as long as a job has not ended.',
    breach: (world) =>
      each(world, (job) => {
        const { kind } = world.store.books.of(job.id);
        if (isEnded(job)) return kind === 'reserved' ? `${job.state}, still reserved` : null;
        const open = ['received', 'gathering', 'queued', 'submitting', 'generating', 'cancelling'];
        if (!open.includes(job.state)) return kind === 'reserved' ? 'made, not settled' : null;
        return kind === 'given back' || kind === 'settled' ? `${job.state}, ${kind}` : null;
      }),
  },
  {
    says: 'No limit is ever exceeded by what is accepted.',
    breach: (world) => {
      for (const { id, check, spent } of world.acceptances) {
        const { scope, maxVideos, maxMicroUsd } = check;
        const { videos, microUsd } = spent;
        if (maxVideos !== null && videos > maxVideos) return `${id}: ${videos} videos of ${scope}`;
        if (maxMicroUsd !== null && microUsd > maxMicroUsd) return `${id}: ${microUsd} of ${scope}`;
      }
      return null;
    },
  },
  {
    says: 'The row says of the money what the ledger says.',
    breach: (world) =>
      each(world, (job) => {
        if (!('charge' in job)) return null;
        const { kind, microUsd } = world.store.books.of(job.id);
        const { charge } = job;
        const fits = {
          'not charged': kind === 'given back',
          charged: kind === 'settled' && charge.kind === 'charged' && charge.microUsd === microUsd,
          'may have been charged': kind === 'maybe',
        }[charge.kind];
        return fits ? null : `row: ${charge.kind}, ledger: ${kind} ${microUsd}`;
      }),
  },
];

/** Hold once everything is mended and all is still. */
export const atTheEnd: readonly Invariant[] = [
  {
    says: 'Every job has ended.',
    breach: (world) => each(world, (job) => (ended.includes(job.state) ? null : job.state)),
  },
  {
    says: 'Nothing paid is lost: its video is posted, or kept for the member, or the row says so.',
    breach: (world) =>
      each(world, (job) => {
        if (world.google.chargedFor(job.id) === 0) return null;
        if (job.state === 'delivered') {
          const { messageId } = job.posted;
          const message = world.discord.messages.get(messageId);
          if (message?.videoOf !== job.id) return `not in message ${messageId}`;
        }
        if (job.state === 'delivered' || job.state === 'undelivered') {
          return world.disk.kept.has(job.id) ? null : 'its file is not there';
        }
        if (!('charge' in job) || job.charge.kind === 'not charged') return `charged: ${job.state}`;
        return null;
      }),
  },
  {
    says: 'The ledger is what Google charged, or marked as a maybe.',
    breach: (world) =>
      each(world, (job) => {
        const { id, request } = job;
        const { kind, microUsd } = world.store.books.of(id);
        const charged = world.google.chargedFor(id);
        if (kind === 'maybe') return null;
        const booked = kind === 'settled' ? microUsd : 0;
        // Of a file that was lost nobody saw how long it was.
        if (job.state === 'failed' && booked === request.priceMicroUsd && charged > 0) return null;
        return booked === charged ? null : `booked ${booked}, charged ${charged}`;
      }),
  },
  {
    says: 'Nobody is told "not charged" of what was charged, nor "charged" of what was not.',
    breach: (world) => {
      for (const { picture } of world.discord.seen) {
        const charged = world.google.chargedFor(picture.jobId) > 0;
        if (picture.says === 'not charged' && charged) return `"${picture.key}", but charged`;
        if (picture.says === 'charged' && !charged) return `"${picture.key}", but not charged`;
      }
      return null;
    },
  },
  {
    says: 'What is shown is what the row says, where the reply can be reached.',
    breach: (world) =>
      each(world, (job) => {
        const { messageId } = job.reply;
        const message = messageId === null ? undefined : world.discord.messages.get(messageId);
        if (message === undefined || message.deleted || world.unreachable.has(job.id)) return null;
        const { key } = pictureOf(job);
        const seen = message.picture?.key ?? 'nothing';
        return seen === key ? null : `shown "${seen}" instead of "${key}"`;
      }),
  },
  {
    says: 'Nothing is asked about an operation before its name is written down.',
    breach: (world) => {
      const first = world.looks.find(({ unwritten }) => unwritten);
      return first === undefined ? null : `a look at ${first.at}`;
    },
  },
  {
    says: 'Looks stay within the budget.',
    breach: (world) => {
      const { looksPerSecond } = world.rules;
      for (let i = 0; i + looksPerSecond < world.looks.length; i++) {
        const first = world.looks[i]!;
        const last = world.looks[i + looksPerSecond]!;
        // What the store takes between a look's turn and its sending may bring two closer.
        if (first.process === last.process && last.at - first.at < 1_000 - SLOW_STORE_MS) {
          return `${looksPerSecond + 1} looks within ${last.at - first.at} ms`;
        }
      }
      return null;
    },
  },
];

function each(world: World, breach: (job: Job) => string | null): string | null {
  for (const job of world.store.jobs()) {
    const found = breach(job);
    if (found !== null) return `${job.id}: ${found}`;
  }
  return null;
}
