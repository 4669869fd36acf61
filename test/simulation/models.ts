/** The models of the simulated world: one of each protocol, and a successor that costs more. */
import { canNothing, type Model } from '../../src/jobs/model.ts';

const common = {
  seconds: [4, 8],
  defaultSeconds: 8,
  aspectRatios: ['16:9'],
  resolutions: ['720p'],
  defaultResolution: '720p',
  secondsByResolution: {},
  promptMaxChars: 1_000,
  usuallyMs: 45_000,
  can: canNothing,
  pictures: {
    ...{ firstFrame: true, lastFrame: false, references: 0, referencesWithFrames: false },
    ...{ most: 1, secondsWithLastFrame: null, secondsWithReferences: null, heic: false },
  },
} as const;

const omni = {
  ...common,
  protocol: 'omni',
  canCancel: true,
  prices: {
    perSecondMicroUsd: { '720p': 101_500 },
    perMillionTokens: { input: 1_500_000, text: 9_000_000, video: 17_500_000 },
  },
} as const;

export const simulatedModels: readonly Model[] = [
  { ...omni, id: 'omni-1', name: 'Omni 1', successor: 'omni-2' },
  {
    ...omni,
    ...{ id: 'omni-2', name: 'Omni 2', successor: null },
    prices: {
      perSecondMicroUsd: { '720p': 116_000 },
      perMillionTokens: { input: 2_000_000, text: 10_000_000, video: 20_000_000 },
    },
  },
  {
    ...common,
    ...{ id: 'veo-1', name: 'Veo 1', protocol: 'veo', canCancel: false, successor: null },
    prices: { perSecondMicroUsd: { '720p': 400_000 }, perMillionTokens: null },
  },
];

export function modelNamed(id: string): Model {
  const model = simulatedModels.find((one) => one.id === id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}
