/** Whose eyes a video is for, and which ways to it others can see. What was taken down: takenDown.ts. */
import type { Job, Reply, Rung } from './job.ts';

type Shown = Pick<Job, 'reply' | 'request'>;

/** Also where its message is in a direct message, which is never hidden. */
export function isPrivate({ reply, request }: Shown): boolean {
  return request.private === true || reply.ephemeral;
}

/** Whether nothing but an interaction's own token reaches a message: the bot is no member, or it is hidden. */
export function byTokenAlone({ place, ephemeral }: Pick<Reply, 'place' | 'ephemeral'>): boolean {
  return place === 'elsewhere' || ephemeral;
}

/** The same of a job's reply: that of a private one is hidden, whatever is known of the message. */
export function onlyByToken({ reply, request }: Shown): boolean {
  return byTokenAlone(reply) || (request.private === true && reply.place !== 'dm');
}

/** Whether a video that is posted by this rung stands where others can see it. */
export function isSeenByOthers(rung: Rung, { place, ephemeral }: Reply): boolean {
  if (rung === 'direct message' || place === 'dm') return false;
  return rung === 'new message' || !ephemeral;
}
