/**
 * Every call through every port, counted: what the program of the kill points listens to. A call
 * is named `port.method#n`, the n-th of its kind since the process started.
 */

import type {
  Incoming,
  PictureFiles,
  PictureLinks,
  Shrinker,
  VideoFiles,
} from '../../src/jobs/ports/files.ts';
import type { Replies } from '../../src/jobs/ports/replies.ts';
import type { VideoService } from '../../src/jobs/ports/service.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import type { Parts } from '../../src/parts.ts';

/** `effect`: changes something on disk or outside. `read`: leaves everything as it is. */
type Kind = 'effect' | 'read';
type Methods<Port, Left extends keyof Port = never> = Readonly<
  Record<Exclude<keyof Port, Left>, Kind>
>;

/** All there is, so that a new method of a port cannot be forgotten. What is pure is left out. */
const store: Methods<JobStore, 'close'> = {
  accept: 'effect',
  apply: 'effect',
  noteShown: 'effect',
  keepDraft: 'effect',
  forgetWords: 'effect',
  dropDrafts: 'effect',
  askToForget: 'effect',
  noteConversation: 'effect',
  dropConversations: 'effect',
  noteReport: 'effect',
  dropReport: 'effect',
  dropReports: 'effect',
  remember: 'effect',
  find: 'read',
  listed: 'read',
  accounts: 'read',
  ledger: 'read',
  due: 'read',
  nextDueAt: 'read',
  inStates: 'read',
  madeOf: 'read',
  count: 'read',
  aheadOf: 'read',
  ownerOf: 'read',
  jobsOf: 'read',
  undeliveredOf: 'read',
  unshown: 'read',
  history: 'read',
  samples: 'read',
  spent: 'read',
  overview: 'read',
  mismatched: 'read',
  unwanted: 'read',
  outOfDate: 'read',
  findDraft: 'read',
  findConversation: 'read',
  conversations: 'read',
  reportMarks: 'read',
  recall: 'read',
  settings: 'read',
  changeSetting: 'effect',
  settingChanges: 'read',
};
const service: Methods<VideoService> = {
  submit: 'effect',
  look: 'effect',
  recognise: 'effect',
  download: 'effect',
  cancel: 'effect',
};
/** A list that is read bit by bit is left out too: nothing happens by it. */
const files: Methods<VideoFiles, 'path' | 'untouchedSince'> = {
  receive: 'effect',
  keep: 'effect',
  remove: 'effect',
  kept: 'read',
  has: 'read',
  freeBytes: 'read',
};
const shrinker: Methods<Shrinker> = { isThere: 'read', shrink: 'effect' };
const pictures: Methods<PictureFiles, 'untouchedSince'> = {
  receive: 'effect',
  keep: 'effect',
  keepAgain: 'effect',
  removePictures: 'effect',
  has: 'read',
  read: 'read',
};
const links: Methods<PictureLinks> = { fetch: 'effect' };
const incoming: Methods<Incoming, 'sizeBytes'> = {
  write: 'effect',
  restart: 'effect',
  close: 'effect',
};
const replies: Methods<Replies, 'pictureKey'> = {
  exists: 'effect',
  show: 'effect',
  deliver: 'effect',
};
/** Acknowledgements and private answers have no port: their calls to Discord are taken instead. */
const discord = {
  get: 'read',
  post: 'effect',
  put: 'effect',
  patch: 'effect',
  delete: 'effect',
} as const satisfies Record<string, Kind>;

export interface Call {
  /** E.g. `store.apply#3`. */
  readonly name: string;
  readonly kind: Kind;
}

export interface Listener {
  begins(call: Call): void;
  /** Its effect has happened, its answer has not reached anybody. */
  ends(call: Call): void;
}

export type Ports = Pick<
  Parts,
  'store' | 'service' | 'files' | 'shrinker' | 'pictures' | 'links' | 'replies' | 'rest'
>;

/** The same ports, with somebody who hears of each call. */
export function listenedTo(ports: Ports, listener: Listener): Ports {
  const seen = new Map<string, number>();

  function around<Port extends object>(
    port: Port,
    portName: string,
    methods: Readonly<Record<string, Kind>>,
    answered: (answer: unknown) => unknown = (answer) => answer,
  ): Port {
    return new Proxy(port, {
      get(_, key) {
        const value: unknown = Reflect.get(port, key, port);
        if (typeof value !== 'function') return value;
        const kind = methods[String(key)];
        if (kind === undefined) return value.bind(port);
        return async (...given: unknown[]) => {
          const method = `${portName}.${String(key)}`;
          const count = (seen.get(method) ?? 0) + 1;
          seen.set(method, count);
          const call = { name: `${method}#${count}`, kind };
          listener.begins(call);
          try {
            return answered(await value.apply(port, given));
          } finally {
            listener.ends(call);
          }
        };
      },
    });
  }

  const incomingToo = (answer: unknown): unknown =>
    isIncoming(answer) ? around(answer, 'incoming', incoming) : answer;
  const { rest } = ports;
  return {
    store: around(ports.store, 'store', store),
    service: around(ports.service, 'service', service),
    files: around(ports.files, 'files', files, incomingToo),
    shrinker: around(ports.shrinker, 'shrinker', shrinker),
    pictures: around(ports.pictures, 'pictures', pictures, incomingToo),
    links: around(ports.links, 'links', links),
    replies: around(ports.replies, 'replies', replies),
    rest: {
      ordinary: around(rest.ordinary, 'discord', discord),
      deliveries: around(rest.deliveries, 'discord', discord),
      close: () => rest.close(),
    },
  };
}

function isIncoming(answer: unknown): answer is Incoming {
  return typeof answer === 'object' && answer !== null && 'restart' in answer;
}
