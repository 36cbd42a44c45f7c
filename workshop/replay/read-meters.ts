import { type Metric, type MetricPoint, renderDuration } from 'trace-shapes';

/** What one metric says of a night, in a line. */
export type Meter = { readonly name: string; readonly says: string };

/** Reads the metrics that tell who was slow: the checkout's own, and those that the libraries made by themselves. */
export function readMeters(metrics: readonly Metric[]): readonly Meter[] {
  const pointsOf = (name: string, service: string, isWanted: (point: MetricPoint) => boolean = () => true) =>
    metrics
      .filter((one) => one.name === name && one.service === service)
      .flatMap(({ points }) => points.filter(isWanted));
  return [
    ...durations(CHECKOUT, 'checkouts', pointsOf(CHECKOUT, 'shop')),
    ...durations(
      `${SERVED} of payments`,
      'charges',
      pointsOf(SERVED, 'payments', ({ attributes }) => attributes['http.route'] === '/charges'),
    ),
  ];
}

function durations(name: string, of: string, points: readonly MetricPoint[]): readonly Meter[] {
  const count = points.reduce((total, point) => total + (point.count ?? 0), 0);
  const bounds = points[0]?.explicitBounds ?? [];
  if (count === 0 || bounds.length === 0) return [];
  const failed = points
    .filter(({ attributes }) => 'error.type' in attributes)
    .reduce((total, point) => total + (point.count ?? 0), 0);
  const [half, all] = [0.5, 1].map((share) => boundOf(points, bounds, share * count));
  return [
    {
      name,
      says: `${count} ${of}, half of them ${half}, all ${all}${failed > 0 ? `; ${failed} failed` : ''}`,
    },
  ];
}

/** A histogram knows no single value, only the bucket in which it is. */
function boundOf(points: readonly MetricPoint[], bounds: readonly number[], wanted: number): string {
  let seen = 0;
  for (const [i, bound] of bounds.entries()) {
    seen += points.reduce((total, { bucketCounts }) => total + (bucketCounts[i] ?? 0), 0);
    if (seen >= wanted) return `within ${renderDuration(bound * 1_000)}`;
  }
  return `in more than ${renderDuration((bounds.at(-1) ?? 0) * 1_000)}`;
}

const CHECKOUT = 'purl.checkout.duration';
const SERVED = 'http.server.request.duration';
