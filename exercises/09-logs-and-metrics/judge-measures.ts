import { anySpan, type MetricPoint } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { judgeSignals } from '../../workshop/check/signal-check.ts';
import { DURATION, ERRORS, measures } from './expected.ts';

/** The metrics have their names and units; and then what they say is true, and can be seen. */
export function judgeMeasures(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const found = judgeSignals(run, aids, measures(run));
  if (found.length > 0) return found;
  const wrong = wrongValues(run) ?? wrongBuckets(run) ?? wrongCount(run);
  if (!wrong) return [];
  const location = aids.locate({ node: undefined, shape: anySpan(wrong.metric, { anchor: ANCHOR }) });
  const { metric, ...told } = wrong;
  return [findingOf({ code: 'wrong-metric', ...told, location })];
}

type WrongValue = Pick<CheckFinding, 'message' | 'hint' | 'expected' | 'actual'> & { readonly metric: string };

/** Nobody waited for minutes: whoever says so has milliseconds in mind. */
function wrongValues(run: StageRun): WrongValue | undefined {
  const points = pointsOf(run, DURATION);
  const count = countOf(points);
  const mean = points.reduce((total, { sum = 0 }) => total + sum, 0) / count;
  if (count === 0 || mean < A_MINUTE) return undefined;
  return {
    metric: DURATION,
    message: `\`${DURATION}\` says that a checkout took ${Math.round(mean)} s. It took that many milliseconds.`,
    hint: 'The unit does not convert anything: `performance.now()` counts milliseconds. Divide by 1000.',
    expected: 'seconds',
    actual: 'milliseconds',
  };
}

/** Buckets that are made for milliseconds take all checkouts of a shop for one. */
function wrongBuckets(run: StageRun): WrongValue | undefined {
  const points = pointsOf(run, DURATION);
  const bounds = points[0]?.explicitBounds ?? [];
  const useful = bounds.filter((bound) => bound > 0 && bound < 2);
  if (points.length === 0 || useful.length >= ENOUGH_BUCKETS) return undefined;
  return {
    metric: DURATION,
    message: `\`${DURATION}\` has its buckets at ${bounds.slice(0, 4).join(', ')}, … s: nearly every checkout falls into the same one.`,
    hint: 'Unless you say otherwise, a histogram has buckets for milliseconds. `advice: { explicitBucketBoundaries: [0.01, 0.025, 0.05, 0.1, …] }` beside the unit.',
    expected: 'buckets from some milliseconds to the patience of a customer',
    actual: bounds.join(', '),
  };
}

/** Every checkout is measured, and only what failed is an error: declines and bad input are outcomes. */
function wrongCount(run: StageRun): WrongValue | undefined {
  const { checkouts } = run.facts;
  const failed = checkouts.filter(({ answer }) => answer.status >= 500).length;
  const points = pointsOf(run, DURATION);
  const counted = pointsOf(run, ERRORS);
  const errors = counted.length > 0 ? counted : points.filter(({ attributes }) => 'error.type' in attributes);
  const metric = counted.length > 0 ? ERRORS : DURATION;
  if (countOf(errors) !== failed)
    return {
      metric,
      message: `\`${metric}\` counts ${countOf(errors)} errors; ${failed} checkout${failed === 1 ? '' : 's'} failed.`,
      hint: 'Only 5xx is an error. A card that is declined and an order that makes no sense are outcomes, as on the spans.',
      expected: `${failed}`,
      actual: `${countOf(errors)}`,
    };
  const measured = countOf(points);
  const least = checkouts.filter(({ answer }) => answer.status === 201 || answer.status >= 500).length;
  if (measured >= least) return undefined;
  return {
    metric: DURATION,
    message: `\`${DURATION}\` has ${measured} checkouts; ${least} were placed or failed.`,
    hint: "Record at every way out: `res.on('finish', …)` at the top of `checkout` sees them all.",
    expected: `${least} or more`,
    actual: `${measured}`,
  };
}

function pointsOf({ telemetry: { metrics } }: StageRun, wanted: string): readonly MetricPoint[] {
  return metrics.filter(({ name }) => name === wanted).flatMap(({ points }) => points);
}

function countOf(points: readonly MetricPoint[]): number {
  return points.reduce((total, { count, value }) => total + (count ?? Number(value ?? 0)), 0);
}

const ANCHOR = 'shop/checkout.ts#export async function checkout(';
const A_MINUTE = 60;
const ENOUGH_BUCKETS = 4;
