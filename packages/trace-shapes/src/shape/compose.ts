import { placeChildren } from './arrangement.ts';
import { type Rest, splitRest, toProperties } from './expectation.ts';
import type { LogShape } from './log.ts';
import type { MetricShape } from './metric.ts';
import { toPredicate } from './predicate.ts';
import type { Expected, SpanShape, TelemetryShape, TraceShape } from './shape.ts';

/**
 * Gives a shape a role, by which links and durations speak of it whatever its span is named.
 * @example label('charge', client('POST', { attributes: { 'url.full': /\/charges$/ } }))
 */
export function label(role: string, shape: SpanShape): SpanShape {
  return { ...shape, label: role };
}

/**
 * A shape like another with more to it: attributes, resource and hints are joined, events, links, logs and children are
 * added, and everything else that is given replaces what was. Of a trace, its root is extended.
 * @example extend(checkout, { status: 'error' }, internal('refund card'))
 */
export function extend<S extends SpanShape | TraceShape>(shape: S, ...rest: Rest): S;
export function extend(shape: SpanShape | TraceShape, ...rest: Rest): SpanShape | TraceShape {
  return shape.type === 'trace' ? { ...shape, root: extendSpan(shape.root, rest) } : extendSpan(shape, rest);
}

function extendSpan(shape: SpanShape, rest: Rest): SpanShape {
  const { expectation, children } = splitRest(rest);
  const added = placeChildren(children, shape.children.length);
  const given = toProperties(expectation);
  return {
    ...shape,
    ...given,
    attributes: { ...shape.attributes, ...given.attributes },
    tellBy: new Set([...shape.tellBy, ...(given.tellBy ?? [])]),
    resource: { ...shape.resource, ...given.resource },
    hints: { ...shape.hints, ...given.hints },
    events: [...shape.events, ...(given.events ?? [])],
    links: [...shape.links, ...(given.links ?? [])],
    logs: [...shape.logs, ...(given.logs ?? [])],
    children: [...shape.children, ...added.children],
    arrangements: [...shape.arrangements, ...added.arrangements],
    alternatives: shape.alternatives.map((one) => extendSpan(one, rest)),
  };
}

/**
 * Any one of several shapes will do. If none is there, the message is about the nearest.
 * @example server('GET /yarns', eitherOf(client('SELECT stock'), internal('read cache')))
 */
export function eitherOf(first: SpanShape, second: SpanShape, ...others: readonly SpanShape[]): SpanShape {
  const alternatives = [first, second, ...others].flatMap((one) =>
    one.alternatives.length > 0 ? one.alternatives : [one],
  );
  return { ...first, alternatives };
}

/**
 * Where a trace goes from one service into another: a CLIENT span in the one with a SERVER span in the other below it, or
 * a PRODUCER with its CONSUMER, in one trace. Throws a `RangeError` for two kinds that are no such ends.
 * @example boundary({ from: 'shop', to: 'warehouse' }, client('POST'), server('POST /reservations'))
 */
export function boundary(
  services: { readonly from: string | RegExp; readonly to: string | RegExp },
  near: SpanShape,
  far: SpanShape,
): SpanShape {
  if (!ENDS.some(([from, to]) => near.kind === from && far.kind === to))
    throw new RangeError(
      `boundary(…) joins CLIENT with SERVER or PRODUCER with CONSUMER, not ${near.kind ?? 'any kind'} with ${far.kind ?? 'any kind'}.`,
    );
  const there: SpanShape = { ...far, service: toPredicate(services.to) };
  return { ...near, service: toPredicate(services.from), children: [...near.children, there] };
}

const ENDS = [
  ['client', 'server'],
  ['producer', 'consumer'],
] as const;

/**
 * What a run must send: traces, logs and metrics together. What is left out is not looked at.
 * @example telemetry({ traces: checkout, logs: [log('order placed')], metrics: [metric('orders.placed')] })
 */
export function telemetry(parts: {
  readonly traces?: Expected | readonly TraceShape[];
  readonly logs?: readonly LogShape[];
  readonly metrics?: readonly MetricShape[];
}): TelemetryShape {
  const { traces, logs = [], metrics = [] } = parts;
  return { type: 'telemetry', traces: traces && toTracesShape(traces), logs, metrics };
}

function toTracesShape(traces: Expected | readonly TraceShape[]): NonNullable<TelemetryShape['traces']> {
  if (!('type' in traces)) return { type: 'traces', traces, only: false, ignore: [] };
  return traces.type === 'traces' ? traces : { type: 'traces', traces: [traces], only: false, ignore: [] };
}
