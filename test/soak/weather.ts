/** What goes wrong while it is soaked: each kind of call meets one of its faults now and then. */
import type { Discord, FaultPlan } from '../sandbox/discord/discord.ts';
import type { Fault, FaultOptions, Google } from '../sandbox/google/google.ts';
import {
  brokeWithGoogle,
  cannotReachGoogle,
  internal,
  keyThrottled,
  noSuchRoute,
  quotaExceeded,
  unavailable,
  unknownOperation,
} from '../sandbox/google/said.ts';
import type { Chance } from '../simulation/random.ts';

/** Of each kind of call that both stand-ins know; the answers are as they are really given. */
const page = { html: '<html>502 Bad Gateway</html>', status: 502 } as const;
const broken: readonly Fault[] = [
  'reset-before',
  'reset-after',
  'close-before',
  'close-after',
  'cut',
  { cutJson: true },
  { delayMs: 3_000 },
  page,
];
const wrongAtGoogle: readonly Fault[] = [unavailable(), internal(), quotaExceeded('minute', 4)];
const away: readonly Fault[] = [brokeWithGoogle(), cannotReachGoogle(), keyThrottled()];

type Kind = Parameters<Google['next']>[0];
type Spoilt = readonly [Kind, readonly Fault[], FaultOptions?];

const atGoogle: readonly Spoilt[] = [
  // A page after the effect: paid, and the answer tells nothing.
  ['submit', [...broken, ...away, 'hang-after', { ...page, when: 'after' }]],
  ['submit', wrongAtGoogle, { at: 'google' }],
  ['poll', [...broken, ...away, noSuchRoute(), { corrupt: 'html' }, { corrupt: 'half' }]],
  ['poll', [...wrongAtGoogle, unknownOperation('abc')], { at: 'google' }],
  ['cancel', [...broken, ...away]],
  [
    'download',
    [
      ...(['reset-before', 'reset-after', 'close-before', 'cut'] as const),
      ...([{ cutBytes: 60_000 }, { corrupt: 'half' }, { corrupt: 'html' }] as const),
      ...([{ corrupt: 'empty' }, { delayMs: 2_000 }, page] as const),
      ...away,
    ],
  ],
];

const limited = (seconds: number): FaultPlan['answer'] => ({
  status: 429,
  body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
  headers: { 'retry-after': String(Math.ceil(seconds)) },
});
const noAnswers: readonly FaultPlan['answer'][] = [
  'reset',
  'hang',
  { delayMs: 2_500 },
  { status: 500, body: { message: '500: Internal Server Error', code: 0 } },
  { status: 503, html: '<html>upstream connect error</html>' },
];
const denied: FaultPlan['answer'] = {
  status: 403,
  body: { message: 'Missing Access', code: 50001 },
};

const spoiltAtDiscord: readonly (readonly [FaultPlan['on'], readonly FaultPlan['answer'][]])[] = [
  ['acknowledge', noAnswers],
  ['edit-reply', [...noAnswers, limited(1.5)]],
  ['get-reply', noAnswers],
  ['follow-up', noAnswers],
  ['post-message', [...noAnswers, limited(2)]],
  ['edit-message', [...noAnswers, limited(2)]],
  ['get-message', noAnswers],
  ['get-messages', noAnswers],
  ['open-dm', noAnswers],
];
/** Proof that nothing was done, so it comes before the effect only. */
const deniedAtDiscord: readonly FaultPlan['on'][] = ['edit-message', 'post-message'];

/** @param share of the calls of each kind that something happens to */
export function spoil(google: Google, discord: Discord, chance: Chance, share: number): Weather {
  let met = 0;
  const often = (of: number) => () => {
    const is = chance.is(share / of);
    if (is) met += 1;
    return is;
  };
  for (const [kind, faults, options] of atGoogle) {
    const all = atGoogle.filter(([other]) => other === kind).flatMap(([, some]) => some).length;
    for (const fault of faults) {
      google.next(kind, fault, {
        ...options,
        times: Number.POSITIVE_INFINITY,
        where: often(all),
      });
    }
  }
  const planted = spoiltAtDiscord.flatMap(([on, answers]) => {
    const all = answers.length * 2 + (deniedAtDiscord.includes(on) ? 1 : 0);
    const faults: FaultPlan[] = answers.flatMap((answer) => [
      { on, answer, when: 'before', where: often(all) },
      { on, answer, when: 'after', where: often(all) },
    ]);
    if (deniedAtDiscord.includes(on)) {
      faults.push({ on, answer: denied, when: 'before', where: often(all) });
    }
    return faults.map((fault) => discord.fault(fault));
  });
  // Met by all others: what a process dies in the middle of is there to be met.
  for (const [delayMs, share] of [
    [300, 0.5],
    [1_500, 1],
  ] as const) {
    const times = Number.POSITIVE_INFINITY;
    google.next('submit', { delayMs }, { times, where: () => chance.is(share) });
  }
  const slowUploads: FaultPlan = {
    on: 'any',
    when: 'after',
    answer: { delayMs: 600 },
    where: ({ files }) => files.length > 0,
  };
  planted.push(discord.fault(slowUploads));
  return {
    get met() {
      return met;
    },
    clear() {
      google.calm();
      for (const fault of planted) fault.clear();
    },
  };
}

export interface Weather {
  /** Calls that something happened to. */
  readonly met: number;
  clear(): void;
}
