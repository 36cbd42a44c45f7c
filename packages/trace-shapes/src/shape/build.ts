import type { SpanKind, StatusCode } from '../otlp/telemetry.ts';
import { type Predicate, type PredicateInput, toPredicate } from './predicate.ts';
import type { Count, EventShape, SeeThrough, SpanShape, TraceShape, TracesShape } from './shape.ts';

/** What a span must have beside its name and kind. Everything left out is not looked at. */
export interface SpanExpectation {
  readonly service?: PredicateInput;
  readonly scope?: PredicateInput;
  readonly status?: StatusCode;
  readonly attributes?: Readonly<Record<string, PredicateInput>>;
  /**
   * Attributes that must be there too, and that tell this span from others of its name: a query from the next one, a
   * call from another. A span with another value is another span, and no mistake.
   */
  readonly where?: Readonly<Record<string, PredicateInput>>;
  readonly events?: readonly EventExpectation[];
  /** The least time in milliseconds that the span must last. */
  readonly lastsAtLeastMs?: number;
  /** What to tell whoever makes the mistake with this code here. */
  readonly hints?: Readonly<Record<string, string>>;
  /** Where the system under test makes this span: handed to `locate` when the span itself cannot tell. */
  readonly anchor?: string;
}

/** An event by its name, or by name and attributes. */
export type EventExpectation =
  | string
  | { readonly name: PredicateInput; readonly attributes?: Readonly<Record<string, PredicateInput>> };

type Rest = readonly [SpanExpectation, ...SpanShape[]] | readonly SpanShape[];

/** A SERVER span: a request that came in. Its children follow the expectation, if there is one. */
export const server = spanOfKind('server');
/** A CLIENT span: a call that went out. */
export const client = spanOfKind('client');
/** An INTERNAL span: work within a service. */
export const internal = spanOfKind('internal');
/** A PRODUCER span: a message handed over. */
export const producer = spanOfKind('producer');
/** A CONSUMER span: a message taken up. */
export const consumer = spanOfKind('consumer');
/** A span of any kind. */
export const anySpan = spanOfKind(undefined);

function spanOfKind(kind: SpanKind | undefined) {
  return (name: string | RegExp | Predicate, ...rest: Rest): SpanShape => {
    const [first, ...others] = rest;
    const expectation = first !== undefined && !isSpanShape(first) ? first : {};
    const children = first !== undefined && isSpanShape(first) ? [first, ...others] : others;
    return toSpanShape(kind, toPredicate(name), expectation, children as readonly SpanShape[]);
  };
}

function toSpanShape(
  kind: SpanKind | undefined,
  name: Predicate,
  expectation: SpanExpectation,
  children: readonly SpanShape[],
): SpanShape {
  return {
    type: 'span',
    name,
    kind,
    service: expectation.service === undefined ? undefined : toPredicate(expectation.service),
    scope: expectation.scope === undefined ? undefined : toPredicate(expectation.scope),
    status: expectation.status,
    attributes: toPredicates({ ...expectation.where, ...expectation.attributes }),
    tellBy: new Set(Object.keys(expectation.where ?? {})),
    events: (expectation.events ?? []).map(toEventShape),
    lastsAtLeastMs: expectation.lastsAtLeastMs,
    children,
    only: false,
    count: { min: 1, max: 1 },
    axis: 'child',
    hints: expectation.hints ?? {},
    anchor: expectation.anchor,
  };
}

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

/** None or one. */
export function optional<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: 1 });
}

/** Just so many. */
export function exactly<S extends SpanShape | TraceShape>(count: number, shape: S): S {
  return withCount(shape, { min: count, max: count });
}

/** From `min` to `max`, both included. */
export function between<S extends SpanShape | TraceShape>(min: number, max: number, shape: S): S {
  if (min > max) throw new RangeError(`between(${min}, ${max}, …): the least is more than the most. Swap them.`);
  return withCount(shape, { min, max });
}

/** One or more. */
export function oneOrMore<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 1, max: Number.POSITIVE_INFINITY });
}

/** Any number, none included. */
export function anyNumberOf<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: Number.POSITIVE_INFINITY });
}

/** None: a span, or trace, like this is a mistake. */
export function never<S extends SpanShape | TraceShape>(shape: S): S {
  return withCount(shape, { min: 0, max: 0 });
}

/** Anywhere below, not only a direct child. */
export function descendant(shape: SpanShape): SpanShape {
  return { ...shape, axis: 'descendant' };
}

/** A span that has the children it names and no others. */
export function only(shape: SpanShape): SpanShape {
  return { ...shape, only: true };
}

function withCount<S extends SpanShape | TraceShape>(shape: S, count: Count): S {
  return { ...shape, count };
}

function toEventShape(event: EventExpectation): EventShape {
  if (typeof event === 'string') return { name: toPredicate(event), attributes: {} };
  return { name: toPredicate(event.name), attributes: toPredicates(event.attributes) };
}

function toPredicates(inputs: Readonly<Record<string, PredicateInput>> = {}): Readonly<Record<string, Predicate>> {
  return Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, toPredicate(input)]));
}

function isSpanShape(value: SpanShape | SpanExpectation): value is SpanShape {
  return 'type' in value && value.type === 'span';
}
