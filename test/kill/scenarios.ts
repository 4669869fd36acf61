/** What is asked, where, of which model, and what else happens: each is killed at every point. */
import type { State } from '../../src/jobs/job.ts';
import type { WorldOptions } from '../life/world.ts';
import type { Place, Stage } from './stage.ts';
import { asks, cancels, outlivesItsToken, type Story } from './stories.ts';

export interface Scenario {
  readonly name: string;
  readonly place: Place;
  readonly world: WorldOptions;
  readonly story: Story;
  /** What goes wrong outside, planned before the member asks. */
  readonly plan?: (stage: Stage) => void;
  /** How it ends where nothing is killed, or where the kill changes nothing. */
  readonly ends: State;
  /** The video comes in a message beside the reply, which cannot be reached any more. */
  readonly besideReply?: true;
  /** Something that stands in for ffmpeg is there. */
  readonly shrinks?: true;
  /** A first process was killed at this point already; the one after it is killed while it recovers. */
  readonly killedBefore?: string;
}

const omni = 'gemini-omni-1.2-flash';
const veo = 'veo-3.1-fast-generate-preview';
/** Long enough to be found running once, short enough for a thousand runs. */
const MADE_IN_MS = 120;

interface Model {
  readonly name: string;
  readonly id: string;
  readonly resultsAs: 'uri' | 'data';
}

const models: readonly Model[] = [
  { name: 'Omni, by file', id: omni, resultsAs: 'uri' },
  { name: 'Omni, inline', id: omni, resultsAs: 'data' },
  { name: 'Veo', id: veo, resultsAs: 'uri' },
];
const [byOmni, , byVeo] = models as readonly [Model, Model, Model];
const places: readonly Place[] = ['server', 'direct message', 'user install'];

function world(model: Model, takesMs = MADE_IN_MS): WorldOptions {
  return {
    google: { takesMs, resultsAs: model.resultsAs },
    // Posts of a burst of points are no burst of one member.
    discord: { rateLimits: false },
    env: { VIDEO_MODELS: model.id },
    usuallyMs: 100,
  };
}

const made: readonly Scenario[] = places.flatMap((place) =>
  models
    .filter((model) => place === 'server' || model.resultsAs === 'uri')
    .map(
      (model): Scenario => ({
        name: `${place}, ${model.name}`,
        place,
        world: world(model),
        story: asks,
        ends: 'delivered',
      }),
    ),
);

const lost: readonly Scenario[] = [byOmni, byVeo].map((model) => ({
  name: `the submit's answer is lost, ${model.name}`,
  place: 'server',
  world: world(model),
  story: asks,
  plan: ({ world: { google } }) => {
    google.calm();
    google.next('submit', 'reset-after');
  },
  ends: 'unconfirmed',
}));

/** Above what the place accepts, so that a smaller copy is made and posted. */
const tooLarge: Scenario = {
  name: 'too large, made smaller',
  place: 'server',
  world: {
    ...world(byOmni),
    google: { takesMs: MADE_IN_MS, resultsAs: 'uri', videoSizeBytes: 3 * 2 ** 20 },
    discord: { rateLimits: false, uploadLimitBytes: 2 * 2 ** 20 },
  },
  story: asks,
  ends: 'delivered',
  shrinks: true,
};

const cancelled: Scenario = {
  name: 'cancelled while it is being made',
  place: 'server',
  world: world(byOmni, Number.POSITIVE_INFINITY),
  story: cancels,
  ends: 'cancelled',
};

const expired: readonly Scenario[] = places.map((place) => ({
  name: `the token dies, ${place}`,
  place,
  world: world(byVeo, Number.POSITIVE_INFINITY),
  story: outlivesItsToken,
  ends: 'delivered',
  ...(place === 'user install' && { besideReply: true as const }),
}));

/** Killed while a killed process's job is being recovered. */
const twice: readonly Scenario[] = [
  'store.accept#1:after',
  'store.apply#1:after',
  'service.submit#1:after',
  'files.keep#1:after',
  'replies.deliver#1:after',
].map((killedBefore) => ({
  name: `again, after ${killedBefore}`,
  place: 'server',
  world: world(byOmni),
  story: asks,
  ends: 'delivered',
  killedBefore,
}));

export const scenarios: readonly Scenario[] = [
  ...made,
  ...lost,
  tooLarge,
  cancelled,
  ...expired,
  ...twice,
];
