/**
 * What was learned about how long such a video takes, from videos that are finished.
 *
 * An operation is only seen done at a look, so its duration lies between the last look that
 * found it running and the first that did not. Each sample says just that much: the fit
 * (expectation-maximisation for interval-censored log-normal data) takes a sample with
 * narrow ends nearly as a number, and one whose end was seen an hour late, because the
 * process was down, as no more than "longer than its lower end".
 */
import { between, density } from './normal.ts';

/** A finished operation, times since its submit. `doneMs` may be Infinity: still running. */
export interface Sample {
  /** The last look that found it running; 0 if there was none. */
  readonly notDoneMs: number;
  /** The look that found it finished. */
  readonly doneMs: number;
  /** Declined by a safety filter: quick, and tells nothing about how long a video takes. */
  readonly declined?: boolean;
}

/** A sample of a model, and which kind of video it was. */
export interface KindSample extends Sample, Kind {}

export interface Kind {
  readonly resolution: string;
  readonly seconds: number;
}

/** How long such a video will take: log-normal, but for declined ones and for stragglers. */
export interface Expectation {
  readonly medianMs: number;
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
  /** Share that a safety filter ends within seconds of the submit. */
  readonly declinedShare: number;
}

/** What is believed before anything was seen. */
export interface Prior {
  readonly medianMs: number;
  /** How far off the median may be: standard deviation of its logarithm. */
  readonly doubt: number;
}

/** More samples than this per kind of video need not be kept. */
export const SAMPLES_KEPT = 300;

/** Share of operations that follow no pattern, and how far those spread. */
export const STRAGGLER_SHARE = 0.03;
export function stragglerSigma(sigma: number): number {
  return Math.max(1, 2.5 * sigma);
}

// A sample counts half as much when so many newer ones have been seen.
const HALF_LIFE_SAMPLES = 120;
// The spread of one kind of video, before anything was seen, and as how many samples that counts.
const PRIOR_SIGMA = 0.3;
const PRIOR_SIGMA_WEIGHT = 4;
// Declined before any was seen: 2 %, soon forgotten if there are none.
const PRIOR_DECLINED = 0.3;
const PRIOR_DECLINED_OF = 15;
// How far the catalogue may be off, and another kind of video of the same model.
const CATALOGUE_DOUBT = 0.5;
const OTHER_KIND_DOUBT = 0.3;
// When the service is taken to have changed its pace.
const FEWEST_TO_COMPARE = 10;
const CHANGED_AT_DOUBTS = 3.5;
const LEAST_SIGMA = 0.03;
const MOST_SIGMA = 1.5;
const ROUNDS = 60;

/**
 * What to expect of a kind of video, from all samples of its model, oldest first. Where the
 * kind itself was hardly seen, the model's other videos say more than the catalogue does.
 */
export function expectationOf(
  kind: Kind,
  samples: readonly KindSample[],
  usuallyMs: number,
): Expectation {
  const same = samples.filter(
    (sample) => sample.resolution === kind.resolution && sample.seconds === kind.seconds,
  );
  const prior = { medianMs: usuallyMs, doubt: CATALOGUE_DOUBT };
  if (same.length === samples.length) return expectation(same, prior);
  const model = expectation(samples, prior);
  const own = expectation(same, {
    medianMs: model.medianMs,
    doubt: Math.max(model.sigma, OTHER_KIND_DOUBT),
  });
  return { ...own, declinedShare: model.declinedShare };
}

/**
 * The samples of one kind of video, oldest first. Takes 3 ms of CPU for 300 samples, and 16 ms where
 * every look was late: so after a new sample, but no more than about once a second.
 */
export function expectation(samples: readonly Sample[], prior: Prior): Expectation {
  const recent = samples.slice(-SAMPLES_KEPT).map((sample, i, all) => ({
    sample,
    weight: 0.5 ** ((all.length - 1 - i) / HALF_LIFE_SAMPLES),
  }));
  let declined = PRIOR_DECLINED;
  let seen = PRIOR_DECLINED_OF;
  const videos: LogInterval[] = [];
  for (const { sample, weight } of recent) {
    if (!(sample.doneMs > 0) || !(sample.notDoneMs < sample.doneMs)) continue;
    seen += weight;
    if (sample.declined) declined += weight;
    else
      videos.push({
        from: Math.log(Math.max(sample.notDoneMs, 1)),
        to: Math.log(Math.max(sample.doneMs, 2)),
        weight,
      });
  }
  const { mean, sigma, doubt } = fit(unchanged(videos, prior), prior);
  return {
    medianMs: Math.exp(mean),
    // The next video differs from the median, and the median from what is believed of it.
    sigma: Math.hypot(sigma, doubt),
    declinedShare: declined / seen,
  };
}

interface Fit {
  /** Of the logarithm of ms. */
  readonly mean: number;
  readonly sigma: number;
  /**
   * Standard deviation of `mean`. A sample adds 1 − Var(z | its interval) to what is known:
   * all of 1 when its ends are close, a third when it says no more than "less than a minute".
   */
  readonly doubt: number;
}

/** A duration known to lie between two logarithms of milliseconds. */
interface LogInterval {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * The newest samples, back to where the service became faster or slower: the window doubles
 * as long as its older half agrees with its newer half.
 */
function unchanged(videos: readonly LogInterval[], prior: Prior): readonly LogInterval[] {
  let kept = FEWEST_TO_COMPARE;
  while (kept < videos.length) {
    const newer = videos.slice(-kept);
    const older = videos.slice(-2 * kept, -kept);
    if (older.length >= FEWEST_TO_COMPARE / 2) {
      const now = fit(newer, prior);
      const then = fit(older, prior);
      const doubt = Math.hypot(now.doubt, then.doubt);
      if (Math.abs(now.mean - then.mean) > CHANGED_AT_DOUBTS * doubt) return newer;
    }
    kept *= 2;
  }
  return videos;
}

function fit(videos: readonly LogInterval[], prior: Prior): Fit {
  const priorMean = Math.log(prior.medianMs);
  let mean = startingPoint(videos, priorMean);
  let sigma = PRIOR_SIGMA;
  let known = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let believed = 0;
    let sum = 0;
    let squares = 0;
    known = 0;
    const wideSigma = stragglerSigma(sigma);
    for (const video of videos) {
      const narrow = within(video, mean, sigma);
      const wide = between((video.from - mean) / wideSigma, (video.to - mean) / wideSigma);
      // How surely this sample belongs to the pattern and not to the stragglers.
      const regular = (1 - STRAGGLER_SHARE) * narrow.share;
      const weight = video.weight * (regular / (regular + STRAGGLER_SHARE * wide + 1e-300));
      believed += weight;
      sum += weight * narrow.z;
      squares += weight * narrow.zSquared;
      known += weight * Math.max(0, 1 - (narrow.zSquared - narrow.z ** 2));
    }
    const priorWeight = (sigma / prior.doubt) ** 2;
    const shift = (sum * sigma + priorWeight * (priorMean - mean)) / (believed + priorWeight);
    const around = sigma * sigma * squares - 2 * shift * sigma * sum + shift * shift * believed;
    const variance =
      (PRIOR_SIGMA_WEIGHT * PRIOR_SIGMA ** 2 + around) / (PRIOR_SIGMA_WEIGHT + believed);
    const next = Math.min(Math.max(Math.sqrt(variance), LEAST_SIGMA), MOST_SIGMA);
    const settled = Math.abs(shift) < 1e-4 && Math.abs(next - sigma) < 1e-4;
    mean += shift;
    sigma = next;
    if (settled) break;
  }
  return { mean, sigma, doubt: 1 / Math.sqrt(1 / prior.doubt ** 2 + known / sigma ** 2) };
}

/** The weighted median of the samples, the prior among them: a few wild ones don't move it. */
function startingPoint(videos: readonly LogInterval[], priorMean: number): number {
  const points = videos
    .map(({ from, to, weight }) => {
      const known = Number.isFinite(to) ? Math.max(from, to - 1) : from;
      return { at: Number.isFinite(to) ? (known + to) / 2 : from, weight };
    })
    .concat({ at: priorMean, weight: 0.5 })
    .sort((a, b) => a.at - b.at);
  let left = points.reduce((sum, point) => sum + point.weight, 0) / 2;
  for (const point of points) {
    left -= point.weight;
    if (left <= 0) return point.at;
  }
  return priorMean;
}

/** Chance of the interval, and the first two moments of z inside it. */
function within(video: LogInterval, mean: number, sigma: number) {
  const a = (video.from - mean) / sigma;
  const b = (video.to - mean) / sigma;
  const share = between(a, b);
  if (b - a < 0.2 || share < 1e-6) {
    // Narrow: flat inside. Or so far out that the nearer end is all that matters.
    const z = b - a < 0.2 ? (a + b) / 2 : a > 0 ? a : b;
    return { share, z, zSquared: z * z + Math.min(b - a, 0.2) ** 2 / 12 };
  }
  const high = Number.isFinite(b) ? density(b) : 0;
  const z = (density(a) - high) / share;
  const zSquared = 1 + (a * density(a) - (Number.isFinite(b) ? b * high : 0)) / share;
  return { share, z, zSquared };
}
