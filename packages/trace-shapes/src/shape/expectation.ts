import type { StatusCode } from '../otlp/telemetry.ts';
import type { Arranged } from './arrangement.ts';
import type { DurationShape } from './duration.ts';
import type { LinkShape } from './link.ts';
import type { LogShape } from './log.ts';
import { type PredicateInput, toPredicate, toPredicates } from './predicate.ts';
import type { EventShape, ExceptionShape, SpanShape } from './shape.ts';

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
  const { service, scope, errorType, events, exception, attributes = {}, where, resource, ...rest } = expectation;
  return {
    ...rest,
    attributes: toPredicates({ ...where, ...attributes, ...(errorType !== undefined && { 'error.type': errorType }) }),
    ...(where && { tellBy: new Set(Object.keys(where)) }),
    resource: toPredicates(resource),
    ...(service !== undefined && { service: toPredicate(service) }),
    ...(scope !== undefined && { scope: toPredicate(scope) }),
    ...(events && { events: events.map(toEventShape) }),
    ...(exception && { exception: toExceptionShape(exception) }),
  };
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
