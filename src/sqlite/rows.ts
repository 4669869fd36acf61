/** Row ⇄ Job, both ways. What is queried has a column; the rest is JSON. */
import type { Job, JobIn, NewJob, NextState, Reply, State, StateOf } from '../jobs/job.ts';
import { states } from '../jobs/states.ts';
import { UnreadableJob } from './problem.ts';

export interface JobRow {
  readonly seq: number;
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly origin: string;
  readonly asked_at: number;
  readonly changed_at: number;
  readonly due_at: number | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly user_id: string;
  readonly locale: string;
  readonly run_again_of: string | null;
  readonly shown: string | null;
  readonly reply: string;
  readonly request: string;
  readonly own: string;
}

/** The columns of a JobRow, for SELECT and RETURNING. */
export const jobColumns = `seq, id, state, revision, origin, asked_at, changed_at, due_at, reason,
  attempts, user_id, locale, run_again_of, shown, reply, request, own`;

/** Where a field of a state lives. `due_at or none`: the column, which may be empty. `own or none`: may be left out. */
type Place = 'own' | 'own or none' | 'due_at' | 'due_at or none' | 'reason';

/** The fields that each state has of its own. The type fails when one is missing or too many. */
const places: {
  readonly [S in State]: Readonly<Record<Exclude<keyof StateOf<JobIn<S>>, 'state'>, Place>>;
} = {
  received: { dueAt: 'due_at' },
  gathering: { dueAt: 'due_at', deadlineAt: 'own' },
  queued: { dueAt: 'due_at', deadlineAt: 'own', ahead: 'own', trouble: 'own' },
  submitting: { startedAt: 'own', deadlineAt: 'own', cancelAsked: 'own', told: 'own' },
  generating: {
    operation: 'own',
    dueAt: 'due_at',
    deadlineAt: 'own',
    lookedAt: 'own',
    gone: 'own',
    likelyAt: 'own',
    trouble: 'own',
  },
  cancelling: {
    operation: 'own',
    dueAt: 'due_at',
    deadlineAt: 'own',
    lookedAt: 'own',
    gone: 'own',
    cancelSent: 'own',
    cancelledBy: 'own',
  },
  downloading: {
    charge: 'own',
    madeInMs: 'own',
    operation: 'own',
    source: 'own',
    gone: 'own',
    unreadable: 'own',
    dueAt: 'due_at',
    deadlineAt: 'own',
    trouble: 'own',
  },
  shrinking: {
    charge: 'own',
    madeInMs: 'own',
    operation: 'own',
    video: 'own',
    rung: 'own',
    maxBytes: 'own',
    asked: 'own',
    dueAt: 'due_at',
  },
  delivering: {
    charge: 'own',
    madeInMs: 'own',
    operation: 'own',
    video: 'own',
    smaller: 'own',
    rung: 'own',
    dueAt: 'due_at',
  },
  delivered: {
    charge: 'own',
    madeInMs: 'own',
    operation: 'own',
    video: 'own',
    smaller: 'own',
    posted: 'own',
    keptUntilAt: 'due_at or none',
  },
  undelivered: {
    charge: 'own',
    madeInMs: 'own',
    operation: 'own',
    video: 'own',
    reason: 'reason',
    ways: 'own',
    keptUntilAt: 'due_at or none',
  },
  unconfirmed: { startedAt: 'own', charge: 'own', told: 'own', dueAt: 'due_at or none' },
  failed: {
    reason: 'reason',
    said: 'own',
    charge: 'own',
    operation: 'own',
    successor: 'own',
    dueAt: 'due_at or none',
  },
  cancelled: { why: 'own', charge: 'own', hadBegun: 'own or none' },
};

/** The columns that hold what is true in one state only. */
export interface StateColumns {
  readonly state: State;
  readonly due_at: number | null;
  readonly reason: string | null;
  /** The name of its operation; null in a state that has none. */
  readonly operation: string | null;
  readonly own: string;
}

/** @throws Error when a field of the state is missing or no finite time: a programming error. */
export function stateToColumns(to: NextState): StateColumns {
  const fields = to as unknown as Readonly<Record<string, unknown>>;
  const own: Record<string, unknown> = {};
  const columns: { due_at: number | null; reason: string | null } = { due_at: null, reason: null };
  for (const [field, place] of fieldsOf(to.state)) {
    const value = fields[field];
    if (value === undefined && place === 'own or none') continue;
    if (value === undefined) throw new Error(`${field} is missing for state ${to.state}`);
    if (place === 'own' || place === 'own or none') own[field] = value;
    else if (place === 'reason') columns.reason = String(value);
    else columns.due_at = place === 'due_at or none' && value === null ? null : time(field, value);
  }
  const operation = 'operation' in to ? (to.operation?.name ?? null) : null;
  return { state: to.state, ...columns, operation, own: JSON.stringify(own) };
}

/** The columns of a job that is accepted; money and place are written beside. */
export function newJobToColumns(job: NewJob): Omit<JobRow, 'seq'> {
  const { id, origin, runAgainOf, requester, reply, request } = job;
  return {
    id,
    revision: 0,
    origin,
    asked_at: time('askedAt', job.askedAt),
    changed_at: time('askedAt', job.askedAt),
    attempts: 0,
    user_id: requester.userId,
    locale: requester.locale,
    run_again_of: runAgainOf,
    shown: null,
    reply: JSON.stringify(reply),
    request: JSON.stringify(request),
    ...stateToColumns({ state: job.state, dueAt: job.dueAt }),
  };
}

/** @throws UnreadableJob */
export function rowToJob(row: JobRow): Job {
  const { state } = row;
  if (!isState(state)) throw new UnreadableJob(row.id, `unknown state ${JSON.stringify(state)}`);
  const common = {
    id: row.id,
    revision: row.revision,
    origin: row.origin,
    askedAt: row.asked_at,
    changedAt: row.changed_at,
    requester: { userId: row.user_id, locale: row.locale },
    reply: parse(row, 'reply'),
    request: parse(row, 'request'),
    runAgainOf: row.run_again_of,
    attempts: row.attempts,
    shown: row.shown,
  };
  const stored = parse(row, 'own');
  const own: Record<string, unknown> = {};
  for (const [field, place] of fieldsOf(state)) {
    const isOwn = place === 'own' || place === 'own or none';
    const value = isOwn ? stored[field] : place === 'reason' ? row.reason : row.due_at;
    if (value === undefined && place === 'own or none') continue;
    if (value === undefined || (value === null && (place === 'due_at' || place === 'reason'))) {
      throw new UnreadableJob(row.id, `${field} is missing in state ${state}`);
    }
    own[field] = value;
  }
  return { ...common, state, ...own } as unknown as Job;
}

/** @throws UnreadableJob */
export function rowToReply(row: Pick<JobRow, 'id' | 'reply'>): Reply {
  return parse(row, 'reply') as unknown as Reply;
}

export function isState(state: string): state is State {
  return (states as readonly string[]).includes(state);
}

function fieldsOf(state: State): [string, Place][] {
  return Object.entries(places[state]);
}

/** Whole milliseconds, rounded up: never earlier than meant. NaN would be stored as "never". */
export function time(field: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`${field} is no time: ${String(value)}`);
  }
  return Math.ceil(value);
}

function parse<C extends 'reply' | 'request' | 'own'>(
  row: Pick<JobRow, 'id' | C>,
  column: C,
): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(row[column] as string);
  } catch {
    throw new UnreadableJob(row.id, `${column} is broken JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableJob(row.id, `${column} is no object`);
  }
  return value as Record<string, unknown>;
}
