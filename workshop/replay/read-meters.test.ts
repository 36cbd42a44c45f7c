import { type Metric, parseJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { readMeters } from './read-meters.ts';

test.each([
  { bucketCounts: [3, 1, 0], says: '4 checkouts, half of them within 500 ms, all within 10.00 s' },
  { bucketCounts: [3, 0, 1], says: '4 checkouts, half of them within 500 ms, the longest in more than 10.00 s' },
  {
    bucketCounts: [1, 0, 3],
    says: '4 checkouts, half of them in more than 10.00 s, the longest in more than 10.00 s',
  },
])('says of $bucketCounts what a histogram can know', ({ bucketCounts, says }) => {
  expect(readMeters(histogram(bucketCounts))).toEqual([{ name: 'purl.checkout.duration', says }]);
});

function histogram(bucketCounts: readonly number[]): readonly Metric[] {
  const point = { explicitBounds: [0.5, 10], bucketCounts, count: bucketCounts.reduce((sum, one) => sum + one, 0) };
  const metric = { name: 'purl.checkout.duration', unit: 's', histogram: { dataPoints: [point] } };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  const resourceMetrics = [{ resource, scopeMetrics: [{ metrics: [metric] }] }];
  return parseJsonLines(`${JSON.stringify({ resourceMetrics })}\n`).metrics;
}
