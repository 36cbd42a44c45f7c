import { anySpan, buildTraces, type Metric, type SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { secondRunOf } from '../../workshop/check/second-start.ts';
import { judgeSampling } from './judge-sampling.ts';
import { plantedIn } from './planted.ts';
import { visit, visitOf, wasRecorded } from './visit.ts';

/** Finds spans with an id in their names, and metrics with one among their attributes or in their names. */
export function judgeNames(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const second = secondRunOf(run, visit);
  if (run.traces.length === 0 || !second) return [nothingToLookAt];
  // Whoever left out the careless customer's traces has nothing to show here.
  if (!wasRecorded(second)) return judgeSampling(run, aids);
  const ids = [...visitOf(second).ids, ...run.facts.checkouts.flatMap(({ orderId }) => orderId ?? [])];
  const idIn: IdIn = (text) => ids.find((id) => text.includes(id)) ?? /\bB-\d+\b/.exec(text)?.[0] ?? plantedIn(text);
  const nodes = [...run.traces, ...buildTraces(second.telemetry.spans)].flatMap((trace) => trace.nodes);
  const metrics = [...run.telemetry.metrics, ...second.telemetry.metrics];
  return [...judgeSpans(nodes, idIn, aids), ...judgeMetrics(metrics, idIn, aids)];
}

/** The id that stands in a text, if one does. */
type IdIn = (text: string) => string | undefined;

function judgeSpans(nodes: readonly SpanNode[], idIn: IdIn, { locate }: CheckAids): readonly CheckFinding[] {
  const named = nodes.filter(({ span }) => idIn(span.name) !== undefined);
  const names = new Set(named.map(({ span }) => span.name));
  return named.slice(0, 1).map((node) => {
    const { name, service, traceId } = node.span;
    return findingOf({
      code: 'high-cardinality-name',
      message: `A span is named \`${name}\`: \`${idIn(name)}\` is in the name (${named.length} spans, ${names.size} names).`,
      hint: 'A name says what kind of work it is, so that a thousand of them can be counted and compared; backends keep an index of names, and are paid by it. Whose it was is an attribute.',
      expected: 'few names, many spans',
      actual: name,
      service,
      span: name,
      traceId,
      location: locate({ node, shape: anySpan(/./, { anchor: "shop/orders.ts#startSpan('show order" }) }),
      times: named.length,
    });
  });
}

function judgeMetrics(metrics: readonly Metric[], idIn: IdIn, { locate }: CheckAids): readonly CheckFinding[] {
  const named = metrics.flatMap((metric) => {
    const where = placeOfId(metric, idIn);
    return where === undefined ? [] : [{ metric, where }];
  });
  return named.slice(0, 1).map(({ metric: { name, service, points }, where }) =>
    findingOf({
      code: 'high-cardinality-metric',
      message: `The metric \`${name}\` has an id in ${where}: every order makes a series of its own.`,
      hint: 'A series costs the same whether it counts once or a million times, and is kept as long as the process lives. Count without the id; which order it was is on the span.',
      expected: 'few series',
      actual: `${points.length} series`,
      service,
      span: name,
      location: locate({ node: undefined, shape: anySpan(name, { anchor: `shop/orders.ts#${name}` }) }),
    }),
  );
}

function placeOfId({ name, points }: Metric, idIn: IdIn): string | undefined {
  if (idIn(name) !== undefined) return 'its name';
  const entries = points.flatMap(({ attributes }) => Object.entries(attributes));
  const key = entries.find(([, value]) => idIn(String(value)) !== undefined)?.[0];
  return key === undefined ? undefined : `\`${key}\``;
}
