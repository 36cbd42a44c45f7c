/** A share before and after, and by how much more it grew than chance and drift explain. */
export interface Comparison {
  readonly before: Share;
  readonly after: Share;
  /** Difference of the shares, each drawn a little to one half: of few calls nothing is certain. */
  readonly grown: number;
  /** What it grew by at least, a standard error down; never below 0. */
  readonly surelyGrown: number;
  /** The growth in units of its own noise. One scale for all kinds of signals. */
  readonly score: number;
}

export interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * Compares the share of hits in some blocks with that in others; `isAfter` says which. Undefined if one side has none.
 * The noise is the larger of what counts alone have (binomial) and what the blocks show (jackknife): calls of one trace,
 * and of one moment, are alike. To it comes DRIFT, as in SAM (Tusher, Tibshirani, Chu 2001), which keeps a tiny but
 * steady difference from outweighing a large one.
 */
export function compareShares(
  of: readonly number[],
  hits: readonly number[],
  isAfter: readonly boolean[],
): Comparison | undefined {
  const before = estimate(of, hits, isAfter, false);
  const after = estimate(of, hits, isAfter, true);
  if (before.of === 0 || after.of === 0) return undefined;
  const grown = after.share - before.share;
  const variance = before.variance + after.variance;
  const middle = (before.share + after.share) / 2;
  return {
    before: { hits: before.hits, of: before.of },
    after: { hits: after.hits, of: after.of },
    grown,
    surelyGrown: Math.max(0, grown - Math.sqrt(variance)),
    score: grown / Math.sqrt(variance + DRIFT ** 2 * middle * (1 - middle)),
  };
}

interface Estimate extends Share {
  readonly share: number;
  readonly variance: number;
}

function estimate(
  of: readonly number[],
  hits: readonly number[],
  isAfter: readonly boolean[],
  side: boolean,
): Estimate {
  let [total, hit, blocks] = [0, 0, 0];
  for (let i = 0; i < of.length; i++) {
    if (isAfter[i] !== side || of[i] === 0) continue;
    total += of[i] ?? 0;
    hit += hits[i] ?? 0;
    blocks += 1;
  }
  const share = (hit + 0.5) / (total + 1);
  const binomial = (share * (1 - share)) / Math.max(total, 1);
  return { hits: hit, of: total, share, variance: Math.max(binomial, jackknife()) };

  function jackknife(): number {
    if (blocks < 2) return 0;
    let sum = 0;
    for (let i = 0; i < of.length; i++) {
      if (isAfter[i] === side) sum += (((hits[i] ?? 0) - (hit / total) * (of[i] ?? 0)) / total) ** 2;
    }
    return (sum * blocks) / (blocks - 1);
  }
}

/** By so much, in standard deviations of a single call, two quiet windows may differ: a share of 10 % by 4.5 points. */
const DRIFT = 0.15;
