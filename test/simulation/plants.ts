/** Faults put in on purpose: each must be found, or the invariants look away. */
import { NotReached } from '../../src/jobs/ports/service.ts';
import { simulatedReplies } from './replies.ts';
import { MemoryStore } from './store.ts';
import type { Plant } from './world.ts';

class WithoutGuard extends MemoryStore {
  protected override fits(): boolean {
    return true;
  }
}

class WithoutLimits extends MemoryStore {
  override accept(...[job]: Parameters<MemoryStore['accept']>) {
    return super.accept(job, []);
  }
}

class WithoutMoney extends MemoryStore {
  override apply(...[job, { money: _money, ...change }]: Parameters<MemoryStore['apply']>) {
    return super.apply(job, change);
  }
}

export const plants: readonly {
  readonly what: string;
  /** The invariant that must fire. */
  readonly found: RegExp;
  readonly plant: Plant;
}[] = [
  {
    what: 'a paid call that is sent again when its answer is lost',
    found: /^A job is paid at most once/,
    plant: {
      parts: (parts) => {
        const { service } = parts;
        const submit: typeof service.submit = async (job, signal) => {
          try {
            return await service.submit(job, signal);
          } catch (error) {
            if (error instanceof NotReached) return service.submit(job, signal);
            throw error;
          }
        };
        return { ...parts, service: { ...service, submit } };
      },
    },
  },
  {
    what: 'a store that writes over what somebody else wrote',
    found: /^A job changes only from the row as it stands/,
    plant: { store: () => new WithoutGuard() },
  },
  {
    what: 'a store that checks no limits',
    found: /^No limit is ever exceeded/,
    plant: { store: () => new WithoutLimits() },
  },
  {
    what: 'a store that leaves the money out',
    found: /^Money is held exactly as long/,
    plant: { store: () => new WithoutMoney() },
  },
  {
    what: 'a new message without a nonce that is not looked for',
    found: /^A video is posted at most once/,
    plant: {
      parts: (parts, world, process) => ({
        ...parts,
        replies: simulatedReplies(world, process, { careful: false }),
      }),
    },
  },
  {
    what: 'a start that forgets the calls that were under way',
    found: /^Everything comes to rest/,
    plant: {
      parts: (parts) => {
        const { store } = parts;
        const inStates: typeof store.inStates = (states) =>
          store.inStates(states.filter((state) => state !== 'submitting'));
        return { ...parts, store: { ...store, inStates } };
      },
    },
  },
  {
    what: 'an answer that is taken for a refusal',
    found: /^Nothing paid is lost/,
    plant: {
      parts: (parts) => {
        const { service } = parts;
        const look: typeof service.look = async (...args) => {
          const found = await service.look(...args);
          const isOdd = found.kind === 'done' && found.source.kind === 'inline';
          return isOdd ? { kind: 'declined', said: 'no', usage: null } : found;
        };
        return { ...parts, service: { ...service, look } };
      },
    },
  },
  {
    what: 'pictures that are taken for shown although their answer was "later"',
    found: /^What is shown is what the row says/,
    plant: {
      parts: (parts) => {
        const { replies } = parts;
        const show: typeof replies.show = async (job, signal) => {
          const shown = await replies.show(job, signal);
          return shown.kind === 'later' ? { kind: 'shown' } : shown;
        };
        return { ...parts, replies: { ...replies, show } };
      },
    },
  },
];
