import type { Attributes, AttributeValue, Metric } from '../otlp/telemetry.ts';
import type { MetricShape } from '../shape/metric.ts';
import { describeValue, holds, NOTHING_BOUND, type Predicate } from '../shape/predicate.ts';
import type { Fact, WrongMetric } from './fact.ts';
import { nameSimilarity } from './name-similarity.ts';

/** The mistakes in metrics: of each that is asked for, the first. */
export function metricFacts(metrics: readonly Metric[], expected: readonly MetricShape[]): readonly Fact[] {
  const byName = Map.groupBy(metrics, ({ name }) => name);
  const asked = new Set(expected.map(({ name }) => name));
  return expected.flatMap((metric): readonly Fact[] => {
    const such = byName.get(metric.name) ?? [];
    const wrong = such.map((one) => differenceOf(metric, one));
    const right = such.filter((_, i) => wrong[i] === undefined);
    if (such.length === 0)
      return [
        absent(
          metric,
          [...byName.keys()].filter((name) => !asked.has(name)),
        ),
      ];
    const seriesOf = right.flatMap(({ points }) => points.map(({ attributes }) => attributes));
    if (right.length > 0) return [...cardinalityFacts(metric, seriesOf)];
    return [{ code: 'wrong-metric', metric, wrong: wrong[0] as WrongMetric }];
  });
}

/** One of a like name that nobody asked for is the one that was meant. */
function absent(metric: MetricShape, names: readonly string[]): Fact {
  const ranked = names.toSorted((a, b) => nameSimilarity(metric.name, b) - nameSimilarity(metric.name, a));
  const [nearest] = ranked;
  if (nearest === undefined || nameSimilarity(metric.name, nearest) < ALIKE)
    return { code: 'missing-metric', metric, came: ranked.slice(0, MOST_NAMED) };
  return { code: 'wrong-metric', metric, wrong: { aspect: 'name', expected: metric.name, actual: nearest } };
}

function differenceOf(expected: MetricShape, actual: Metric): WrongMetric | undefined {
  const { service, scope, unit, instrument, monotonic } = expected;
  if (service && !holds(service, actual.service, NOTHING_BOUND))
    return { aspect: 'service', expected: service, actual: actual.service };
  if (scope && !holds(scope, actual.scope.name, NOTHING_BOUND))
    return { aspect: 'scope', expected: scope, actual: actual.scope.name };
  if (instrument !== undefined && instrument !== actual.type)
    return { aspect: 'type', expected: instrument, actual: actual.type };
  if (monotonic !== undefined && monotonic !== actual.monotonic)
    return { aspect: 'monotonic', expected: monotonic, actual: actual.monotonic };
  if (unit && !holds(unit, actual.unit, NOTHING_BOUND))
    return { aspect: 'unit', expected: unit.type === 'literal' ? String(unit.value) : 'another', actual: actual.unit };
  return attributeDifference(expected.attributes, actual);
}

/** One point must carry all that is asked for; if none does, the first attribute that no point has is told. */
function attributeDifference(expected: MetricShape['attributes'], { points }: Metric): WrongMetric | undefined {
  const entries = Object.entries(expected);
  const isIn =
    (attributes: Attributes) =>
    ([key, one]: readonly [string, Predicate]) =>
      holds(one, attributes[key], NOTHING_BOUND);
  if (entries.length === 0 || points.some(({ attributes }) => entries.every(isIn(attributes)))) return undefined;
  const lacking = entries.find((entry) => !points.some(({ attributes }) => isIn(attributes)(entry))) ?? entries[0];
  const [key, predicate] = lacking as [string, Predicate];
  const values = new Map(points.map(({ attributes }) => [describeValue(attributes[key]), attributes[key]]));
  return { aspect: 'attribute', key, expected: predicate, actual: [...values.values()].slice(0, MOST_NAMED) };
}

/** Each combination of attributes is a series that is kept for good: an id among them makes one for every request. */
function* cardinalityFacts(metric: MetricShape, points: readonly Attributes[]): Generator<Fact> {
  const series = new Set(points.map((attributes) => describeSeries(attributes))).size;
  const holder = points.flatMap((attributes) => Object.entries(attributes)).find(([, value]) => isId(value));
  const overflows = points.some((attributes) => attributes['otel.metric.overflow'] === true);
  if (!holder && !overflows && series <= metric.atMostSeries) return;
  const [key, value] = holder ?? widest(points) ?? [];
  yield { code: 'high-cardinality-metric', metric, series, key, value };
}

/** The attribute with the most values, and one of them. */
function widest(points: readonly Attributes[]): readonly [string, AttributeValue] | undefined {
  const values = new Map<string, Map<string, AttributeValue>>();
  for (const [key, value] of points.flatMap((attributes) => Object.entries(attributes))) {
    const known = values.get(key) ?? new Map<string, AttributeValue>();
    values.set(key, known.set(describeValue(value), value));
  }
  const most = [...values].toSorted(([, a], [, b]) => b.size - a.size)[0];
  const first = most && [...most[1].values()][0];
  return most && first !== undefined ? [most[0], first] : undefined;
}

function describeSeries(attributes: Attributes): string {
  return Object.keys(attributes)
    .toSorted()
    .map((key) => `${key} ${String(attributes[key])}`)
    .join('\n');
}

/** A UUID, a long number or hex text, or a path with a number in it. A status code is none. */
function isId(value: AttributeValue): boolean {
  return (
    typeof value === 'string' &&
    /[0-9a-f]{8}-[0-9a-f]{4}|\d{5,}|\b[0-9a-f]{12,}\b|\/\d+(\/|$)|^\w+-\d{3,}$/i.test(value)
  );
}

const ALIKE = 0.55;
const MOST_NAMED = 5;
