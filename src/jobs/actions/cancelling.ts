/** Cancel: at once where nothing is paid, else as far as the service goes along. */
import type { Actions, ActionsParts } from '../actions.ts';
import { cancelled, change, maybe, notCharged } from '../outcomes/parts.ts';
import { stateOf } from '../states.ts';
import { mayHandle } from './who.ts';

export function createCancel(
  parts: Pick<ActionsParts, 'store' | 'writer' | 'clock' | 'wake'>,
): Actions['cancel'] {
  const { store, writer, clock, wake } = parts;

  return async (id, by) => {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    const now = clock.now();
    const why = job.requester.userId === by.userId ? 'by requester' : 'by admin';
    const detail = why === 'by admin' ? { why, by: by.userId } : { why };
    const note = { event: 'cancelled', detail };
    const stored = await writer.write(job, (current) => {
      switch (current.state) {
        case 'received':
        case 'gathering':
        case 'queued':
          return { ...cancelled({ now }, why, notCharged, { kind: 'give back' }), note };
        case 'submitting':
          if (current.cancelAsked) return null;
          return change(
            { now },
            { ...stateOf(current), cancelAsked: why },
            { event: 'cancel asked', detail },
          );
        case 'generating': {
          if (!current.request.canCancel) {
            const { charge, money } = maybe(current, true);
            return { ...cancelled({ now }, why, charge, money), note };
          }
          const { likelyAt: _likelyAt, trouble: _trouble, ...running } = stateOf(current);
          return change(
            { now },
            { ...running, state: 'cancelling', dueAt: now, cancelSent: false, cancelledBy: why },
            { event: 'cancel asked', detail },
          );
        }
        default:
          return null;
      }
    });
    wake();
    const current = stored ?? (await store.find(id)) ?? job;
    if (current.state === 'cancelled') return { kind: 'cancelled', job: current };
    if (current.state === 'cancelling' || current.state === 'submitting') {
      return { kind: 'stopping', job: current };
    }
    return { kind: 'too late', job: current };
  };
}
