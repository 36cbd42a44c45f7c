import { deriveObjectives, type Engine, type Objective } from 'service-ownership';
import type { PagedNight } from '../../workshop/incidents/page-nights.ts';

/** What has become better: how often payments was woken, and what rests on whom from now on. */
export async function tellNights(
  engine: Engine,
  nights: readonly PagedNight[],
  objectives: readonly Objective[],
): Promise<string> {
  const before = nights.filter((night) => night.before === PAYMENTS);
  const rightly = before.filter(({ incident }) => incident.service === PAYMENTS).length;
  const now = nights.filter(({ pages }) => pages.some(({ service }) => service === PAYMENTS)).length;
  const quick = objectives.find(({ measure, operation }) => measure.kind === 'latency' && operation === 'POST /orders');
  const derived = quick ? await deriveObjectives(engine, quick) : [];
  const shares = derived.flatMap(({ service, operation, measure }) =>
    measure.kind === 'latency'
      ? [`\`${operation}\` of \`${service}\` within ${Math.round(measure.thresholdMs)} ms`]
      : [],
  );
  return `In nine nights the log has payments woken ${times(before.length)}, ${times(rightly)} rightly; the traces ${times(now)}. On this run's showing the promise rests on ${shares.join(' and ')}.`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

const PAYMENTS = 'payments';
