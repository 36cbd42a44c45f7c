import { anySpan, buildTraces, type MetricPoint } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { secondRunOf } from '../../workshop/check/second-start.ts';
import { judgeSampling } from './judge-sampling.ts';
import { plantedIn } from './planted.ts';
import { visit, visitOf, wasRecorded } from './visit.ts';

/** Finds spans with an id in their names, and metrics with one among their attributes or in their names. */
export function judgeNames(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const { locate } = aids;
  const second = secondRunOf(run, visit);
  if (run.traces.length === 0 || !second) return [nothingToLookAt];
  // Whoever left out the careless customer's traces has nothing to show here.
  if (!wasRecorded(second)) return judgeSampling(run, aids);
  const ids = [...visitOf(second).ids, ...run.facts.checkouts.flatMap(({ orderId }) => orderId ?? [])];
  const idIn = (text: string) => ids.find((id) => text.includes(id)) ?? /\bB-\d+\b/.exec(text)?.[0] ?? plantedIn(text);
  const nodes = [...run.traces, ...buildTraces(second.telemetry.spans)].flatMap((trace) => trace.nodes);
  const named = nodes.filter(({ span }) => idIn(span.name) !== undefined);
  const metrics = [...run.telemetry.metrics, ...second.telemetry.metrics].flatMap((metric) => {
    const where = [`name`, ...metric.points.flatMap(keysOf)].find((key) => {
      const values = key === 'name' ? [metric.name] : metric.points.map(({ attributes }) => String(attributes[key]));
      return values.some((value) => idIn(value) !== undefined);
    });
    return where === undefined ? [] : [{ metric, where }];
  });
  return [
    ...named.slice(0, 1).map((node) =>
      findingOf({
        code: 'high-cardinality-name',
        message: `A span is named \`${node.span.name}\`: \`${idIn(node.span.name)}\` is in the name (${named.length} spans, ${new Set(named.map(({ span }) => span.name)).size} names).`,
        hint: 'A name says what kind of work it is, so that a thousand of them can be counted and compared; backends keep an index of names, and are paid by it. Whose it was is an attribute.',
        expected: 'few names, many spans',
        actual: node.span.name,
        service: node.span.service,
        span: node.span.name,
        traceId: node.span.traceId,
        location: locate({ node, shape: anySpan(/./, { anchor: "shop/orders.ts#startSpan('show order" }) }),
        times: named.length,
      }),
    ),
    ...metrics.slice(0, 1).map(({ metric, where }) =>
      findingOf({
        code: 'high-cardinality-metric',
        message: `The metric \`${metric.name}\` has an id in ${where === 'name' ? 'its name' : `\`${where}\``}: every order makes a series of its own.`,
        hint: 'A series costs the same whether it counts once or a million times, and is kept as long as the process lives. Count without the id; which order it was is on the span.',
        expected: 'few series',
        actual: `${metric.points.length} series`,
        service: metric.service,
        span: metric.name,
        location: locate({ node: undefined, shape: anySpan(metric.name, { anchor: `shop/orders.ts#${metric.name}` }) }),
      }),
    ),
  ];
}

function keysOf({ attributes }: MetricPoint): readonly string[] {
  return Object.keys(attributes);
}
