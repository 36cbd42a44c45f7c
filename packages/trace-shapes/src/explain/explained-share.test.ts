import { expect, test } from 'vitest';
import { createView } from '../match/view.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { explainedShare } from './explained-share.ts';

test('counts the time that some span without children covers, once', () => {
  expect(shareOf({ name: 'a', at: [10, 40] }, { name: 'b', at: [30, 30] })).toBe(0.5);
});

test('counts of a span that outlives the answer only what lies before it', () => {
  expect(shareOf({ name: 'a', at: [90, 500] })).toBe(0.1);
});

test('leaves out what runs long after the answer, as a job does', () => {
  expect(shareOf({ name: 'a', at: [10, 20] }, { name: 'job', at: [800, 50] })).toBe(0.2);
});

function shareOf(...children: readonly SketchedSpan[]): number {
  const traces = sketchTraces({ name: 'request', at: [0, 100], children });
  const root = traces[0]?.roots[0];
  if (!root) throw new Error('The sketch has no root.');
  return explainedShare(root, createView([]));
}
