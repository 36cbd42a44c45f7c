import { expect, test } from 'vitest';
import { compareShares } from './compare-shares.ts';

const HALVES = [false, false, true, true];

test('scores the same growth higher the more calls there are', () => {
  const few = compareShares([5, 5, 5, 5], [0, 1, 3, 2], HALVES);
  const many = compareShares([50, 50, 50, 50], [5, 5, 25, 25], HALVES);
  expect(few?.score).toBeGreaterThan(0);
  expect(many?.score).toBeGreaterThan((few?.score ?? 0) * 1.5);
});

test('trusts a growth less that only one moment shows', () => {
  const steady = compareShares([50, 50, 50, 50], [5, 5, 15, 15], HALVES);
  const once = compareShares([50, 50, 50, 50], [5, 5, 0, 30], HALVES);
  expect(once?.grown).toBeCloseTo(steady?.grown ?? 0);
  expect(once?.score).toBeLessThan((steady?.score ?? 0) / 1.5);
});

test('weighs a large change of few calls over a tiny one of very many', () => {
  const tiny = compareShares([1e6, 1e6, 1e6, 1e6], [1e5, 1e5, 1.2e5, 1.2e5], HALVES);
  const large = compareShares([9, 9, 9, 9], [1, 1, 9, 9], HALVES);
  expect(large?.score).toBeGreaterThan((tiny?.score ?? 0) * 5);
});

test('is sure of nothing where shares are alike, and silent where a side has no calls', () => {
  expect(compareShares([20, 20, 20, 20], [2, 2, 2, 2], HALVES)).toMatchObject({ grown: 0, surelyGrown: 0, score: 0 });
  expect(compareShares([0, 0, 20, 20], [0, 0, 20, 20], HALVES)).toBeUndefined();
});
