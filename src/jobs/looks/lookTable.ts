// biome-ignore-all lint/style/noNonNullAssertion: every index below is in range by construction
/**
 * The best moments to look at something that ends at an unknown moment.
 *
 * "Optimum checking procedures" (Barlow, Hunter and Proschan, 1963): choose the looks
 * t1 < t2 < … so that E[delay] + λ · E[looks] is smallest, λ being what one look is worth
 * in seconds of delay. Their recurrence t[k+1] − t[k] = (F(t[k]) − F(t[k−1])) / f(t[k]) − λ
 * follows from it but is unstable: a small error in t1 grows until a gap is negative. So the same problem
 * is solved backwards here, over a grid of elapsed times. With W(t) the cost still to come
 * times the chance S(t) of being there,
 *
 *   W(t) = min over u > t of  λ S(t) + ∫ from t to u of (u − x) f(x) dx + W(u)
 *
 * and the minimising u is the next look after one at t. The part that depends on both t
 * and u has ∂²/∂t∂u = −f(t) ≤ 0, so the best u never decreases with t, which bounds the search.
 */
import { STRAGGLER_SHARE, stragglerSigma } from './learning.ts';
import { below } from './normal.ts';

/** Times in units of the median. */
export interface Odds {
  readonly sigma: number;
  readonly lambda: number;
  readonly declinedShare: number;
  /** When the answer of a safety filter comes, typically. */
  readonly declinedAt: number;
}

export interface LookTable {
  /** Elapsed time of the next look after one at `last` (0: none yet), both in medians. */
  next(last: number): number;
  /** Chance of being finished by `time`. */
  finished(time: number): number;
  /** Beyond this the table knows nothing. */
  readonly end: number;
}

const DECLINED_SIGMA = 0.2;

interface Part {
  readonly share: number;
  readonly log: number;
  readonly sigma: number;
}

function parts(odds: Odds): readonly Part[] {
  const { sigma, declinedShare: declined } = odds;
  const rest = 1 - declined;
  return [
    { share: rest * (1 - STRAGGLER_SHARE), log: 0, sigma },
    { share: rest * STRAGGLER_SHARE, log: 0, sigma: stragglerSigma(sigma) },
    { share: declined, log: Math.log(odds.declinedAt), sigma: DECLINED_SIGMA },
  ];
}

export function lookTable(odds: Odds): LookTable {
  const mixture = parts(odds);
  // Near the median the best gap is about √(2 λ / hazard); some grid points must fit inside.
  const gap = Math.sqrt(2.5 * odds.lambda * odds.sigma);
  const step = Math.min(Math.max(gap / 8, 0.003), 0.02, odds.sigma / 8);
  const start = Math.log(Math.min(odds.declinedAt, Math.exp(-4 * odds.sigma)) / 2);
  const end = Math.log(6) + 3 * odds.sigma;
  const count = Math.ceil((end - start) / step) + 1;

  const time = new Float64Array(count);
  const done = new Float64Array(count); // F(t)
  const mean = new Float64Array(count); // ∫ from 0 to t of x f(x) dx
  for (let i = 0; i < count; i++) {
    const log = start + i * step;
    time[i] = Math.exp(log);
    for (const part of mixture) {
      const z = (log - part.log) / part.sigma;
      done[i]! += part.share * below(z);
      mean[i]! += part.share * Math.exp(part.log + part.sigma ** 2 / 2) * below(z - part.sigma);
    }
  }
  // Index 0 stands for the submit itself.
  time[0] = 0;
  done[0] = 0;
  mean[0] = 0;

  const cost = new Float64Array(count);
  const best = new Int32Array(count);
  best[count - 1] = count - 1;
  let furthest = count - 1;
  for (let i = count - 2; i >= 0; i--) {
    let least = Number.POSITIVE_INFINITY;
    let at = furthest;
    for (let j = i + 1; j <= furthest; j++) {
      const waiting = time[j]! * (done[j]! - done[i]!) - (mean[j]! - mean[i]!);
      const total = waiting + cost[j]!;
      if (total < least) {
        least = total;
        at = j;
      }
    }
    cost[i] = least + odds.lambda * (1 - done[i]!);
    best[i] = at;
    furthest = at;
  }

  return {
    end: time[count - 1]!,
    next(last) {
      if (last <= time[1]!) return time[best[0]!]!;
      const place = (Math.log(last) - start) / step;
      const i = Math.min(Math.floor(place), count - 2);
      const share = Math.min(place - i, 1);
      return (1 - share) * time[best[i]!]! + share * time[best[i + 1]!]!;
    },
    finished(t) {
      if (!(t > 0)) return 0;
      const log = Math.log(t);
      let sum = 0;
      for (const part of mixture) sum += part.share * below((log - part.log) / part.sigma);
      return sum;
    },
  };
}
