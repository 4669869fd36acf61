/** Why something waits, failed, or was not posted. */

/** Why a queued job does not start, or a paid one cannot be fetched, at the moment. */
export type Trouble =
  | 'service away' // the proxy or the service cannot be reached, or answers nonsense
  | 'rate limit'
  | 'service budget' // the proxy's key is over its budget
  | 'set up wrongly' // key, base address or Google key
  | 'storage' // not enough room on disk
  | 'paused'; // by an admin

/** Why a made one is not here yet. */
export type FetchTrouble = Trouble | 'file broken'; // what comes is cut short, or no video

export type FailureReason =
  | 'declined' // by the model's safety filter
  | 'not accepted' // the service refused the request's form
  | 'model gone'
  | 'clip gone' // the clip it was to be made of is not kept by the service any more, or was forgotten
  | 'set up wrongly'
  | 'service budget'
  | 'failed at the service'
  | 'gone at the service' // the operation is not known there any more
  | 'not understood' // paid, and the answer holds no video that we can find
  | 'overdue' // still running at its deadline
  | 'file lost' // finished, but the file expired before it was fetched, or went from our disk before it was posted
  | 'unreadable file'; // finished and fetched again and again, but no video that we can read

/** Why a picture can't be used; the job ends before anything is paid. */
export type PictureTrouble =
  | 'picture gone' // its link has run out, or the file kept of it is not there any more
  | 'picture too large' // in bytes or in pixels
  | 'no picture' // something else, empty or broken
  | 'picture kind'; // a kind that this model does not take and that can't be converted

export type UndeliveredReason =
  | 'too large' // above what the place accepts
  | 'unreachable' // no rung of the ladder is left
  | 'removed by requester'; // the reply was deleted; not posted against their will
