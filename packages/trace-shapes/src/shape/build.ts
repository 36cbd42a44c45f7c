import type { SpanKind, StatusCode } from '../otlp/telemetry.ts';
import { type Arranged, placeChildren } from './arrangement.ts';
import type { DurationShape } from './duration.ts';
import type { LinkShape } from './link.ts';
import type { LogShape } from './log.ts';
import { type Predicate, type PredicateInput, toPredicate, toPredicates } from './predicate.ts';
import type { Count, EventShape, ExceptionShape, SeeThrough, SpanShape, TraceShape, TracesShape } from './shape.ts';

/** What a span must have beside its name and kind. Everything left out is not looked at. */
export interface SpanExpectation {
  readonly service?: PredicateInput;
  readonly scope?: PredicateInput;
  readonly status?: StatusCode;
  readonly attributes?: Readonly<Record<string, PredicateInput>>;
  /** Attributes of the resource, which describes the process: `service.version`, `deployment.environment.name`. */
  readonly resource?: Readonly<Record<string, PredicateInput>>;
  /** The attribute `error.type`: what kind of failure it was. */
  readonly errorType?: PredicateInput;
  readonly events?: readonly EventExpectation[];
  /** An exception, told by a span event or by a log of the span; `true` takes any. */
  readonly exception?: true | { readonly type?: PredicateInput; readonly message?: PredicateInput };
  /** Spans to link to, by role: `[to('enqueue receipt')]`. */
  readonly links?: readonly LinkShape[];
  /** Logs that must be written while the span is active, so that they carry its ids. */
  readonly logs?: readonly LogShape[];
  /** The least time in milliseconds that the span must last. */
  readonly lastsAtLeastMs?: number;
  /** The most time in milliseconds that the span may last. */
  readonly lastsAtMostMs?: number;
  /** How long by another clock, `measured(412)`, or beside another span, `noLongerThan('charge card')`. */
  readonly lasts?: DurationShape;
  /** What to tell whoever makes the mistake with this code here. */
  readonly hints?: Readonly<Record<string, string>>;
  /** Where the system under test makes this span: handed to `locate` when the span itself cannot tell. */
  readonly anchor?: string;
}

/** An event by its name, or by name and attributes. */
export type EventExpectation =
  | string
  | { readonly name: PredicateInput; readonly attributes?: Readonly<Record<string, PredicateInput>> };

/** What follows a span's name: what else it must have, if anything, then its children. */
export type Rest = readonly [SpanExpectation, ...Arranged[]] | readonly Arranged[];

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

/** Tells what a span must have from the children that follow it. */
export function splitRest(rest: Rest): {
  readonly expectation: SpanExpectation;
  readonly children: readonly Arranged[];
} {
  const [first, ...others] = rest;
  if (first === undefined || 'type' in first) return { expectation: {}, children: rest as readonly Arranged[] };
  return { expectation: first, children: others as readonly Arranged[] };
}

/** The properties of a shape that an expectation sets; those that it leaves out are not in it. */
export function toProperties(expectation: SpanExpectation): Partial<SpanShape> {
  const { service, scope, errorType, events, exception, attributes = {}, resource, ...rest } = expectation;
  return {
    ...rest,
    attributes: toPredicates(errorType === undefined ? attributes : { ...attributes, 'error.type': errorType }),
    resource: toPredicates(resource),
    ...(service !== undefined && { service: toPredicate(service) }),
    ...(scope !== undefined && { scope: toPredicate(scope) }),
    ...(events && { events: events.map(toEventShape) }),
    ...(exception && { exception: toExceptionShape(exception) }),
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
 * None: a span, or trace, like this is a mistake.
 * @example never(client('DELETE'))
 */
export function never<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: 0 });
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

function toEventShape(event: EventExpectation): EventShape {
  if (typeof event === 'string') return { name: toPredicate(event), attributes: {} };
  return { name: toPredicate(event.name), attributes: toPredicates(event.attributes) };
}

function toExceptionShape(exception: NonNullable<SpanExpectation['exception']>): ExceptionShape {
  const { type, message } = exception === true ? {} : exception;
  return {
    of: type === undefined ? undefined : toPredicate(type),
    message: message === undefined ? undefined : toPredicate(message),
  };
}
