import type { SpanKind } from '../otlp/telemetry.ts';
import { placeChildren } from './arrangement.ts';
import { type Rest, splitRest, toProperties } from './expectation.ts';
import type { LogShape } from './log.ts';
import { type Predicate, toPredicate } from './predicate.ts';
import type { Count, SeeThrough, SpanShape, TraceShape, TracesShape } from './shape.ts';

/**
 * A SERVER span: a request that came in. Its children follow the expectation, if there is one.
 * @example server('POST /orders', { service: 'shop' }, internal('price basket'))
 */
export const server = spanOfKind('server');
/**
 * A CLIENT span: a call that went out.
 * @example client('POST', { attributes: { 'url.full': /\/charges$/ } })
 */
export const client = spanOfKind('client');
/**
 * An INTERNAL span: work within a service.
 * @example internal('price basket', client('SELECT'))
 */
export const internal = spanOfKind('internal');
/**
 * A PRODUCER span: a message handed over.
 * @example producer('enqueue receipt')
 */
export const producer = spanOfKind('producer');
/**
 * A CONSUMER span: a message taken up.
 * @example consumer('send receipt', { links: [to('enqueue receipt')] })
 */
export const consumer = spanOfKind('consumer');
/**
 * A span of any kind.
 * @example anySpan(/^SELECT/)
 */
export const anySpan = spanOfKind(undefined);

function spanOfKind(kind: SpanKind | undefined) {
  return (name: string | RegExp | Predicate, ...rest: Rest): SpanShape => {
    const { expectation, children } = splitRest(rest);
    return { ...BLANK, ...placeChildren(children), ...toProperties(expectation), name: toPredicate(name), kind };
  };
}

const BLANK: SpanShape = {
  type: 'span',
  name: { type: 'present' },
  kind: undefined,
  service: undefined,
  scope: undefined,
  status: undefined,
  attributes: {},
  tellBy: new Set(),
  resource: {},
  events: [],
  exception: undefined,
  links: [],
  logs: [],
  lastsAtLeastMs: undefined,
  lastsAtMostMs: undefined,
  lasts: undefined,
  within: undefined,
  children: [],
  arrangements: [],
  alternatives: [],
  only: false,
  count: { min: 1, max: 1 },
  axis: 'child',
  label: undefined,
  hints: {},
  anchor: undefined,
};

/**
 * What one trace must look like: its root, and what is seen through.
 * @example trace(server('POST /orders', internal('price basket')), { through: [{ scope: /instrumentation-express$/ }] })
 */
export function trace(root: SpanShape, options: { readonly through?: readonly SeeThrough[] } = {}): TraceShape {
  return { type: 'trace', root, through: options.through ?? [], count: { min: 1, max: 1 } };
}

/**
 * Several traces at once; `only` makes every other trace a mistake, but for those that `ignore` names by their root.
 * @example traces([exactly(10, checkout)], { only: true })
 */
export function traces(
  shapes: readonly TraceShape[],
  options: { readonly only?: boolean; readonly ignore?: readonly SeeThrough[] } = {},
): TracesShape {
  return { type: 'traces', traces: shapes, only: options.only ?? false, ignore: options.ignore ?? [] };
}

/**
 * None or one.
 * @example optional(internal('read cache'))
 */
export function optional<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: 1 });
}

/**
 * Just so many.
 * @example exactly(3, client('SELECT'))
 */
export function exactly<S extends SpanShape | TraceShape>(count: number, shape: S): S {
  return withCount(shape, { min: count, max: count });
}

/**
 * From `min` to `max`, both included. Throws a `RangeError` if `min` is the greater.
 * @example between(1, 3, client('POST'))
 */
export function between<S extends SpanShape | TraceShape>(min: number, max: number, shape: S): S {
  if (min > max) throw new RangeError(`between(${min}, ${max}, …): the least is more than the most. Swap them.`);
  return withCount(shape, { min, max });
}

/**
 * One or more.
 * @example oneOrMore(internal('load row'))
 */
export function oneOrMore<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 1, max: Number.POSITIVE_INFINITY });
}

/**
 * Any number, none included.
 * @example anyNumberOf(client('SELECT'))
 */
export function anyNumberOf<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: Number.POSITIVE_INFINITY });
}

/**
 * None: a span, a trace or a log like this is a mistake. Where no logs come at all there is none either: ask for one that
 * must be there beside it.
 * @example telemetry({ traces: trace(server('POST /orders', never(client('DELETE')))), logs: [never(log(/\b\d{16}\b/))] })
 */
export function never<S extends SpanShape | TraceShape | LogShape>(shape: S): S {
  return { ...shape, ...(shape.type === 'log' ? { forbidden: true } : { count: { min: 0, max: 0 } }) };
}

/**
 * Anywhere below, not only a direct child.
 * @example server('GET /yarns', descendant(client(/^SELECT/)))
 */
export function descendant(shape: SpanShape): SpanShape {
  return { ...shape, axis: 'descendant' };
}

/**
 * A span that has the children it names and no others.
 * @example only(server('GET /yarns', client('SELECT')))
 */
export function only(shape: SpanShape): SpanShape {
  return { ...shape, only: true, alternatives: shape.alternatives.map(only) };
}

function withCount<S extends SpanShape | TraceShape>(shape: S, count: Count): S {
  return { ...shape, count };
}
