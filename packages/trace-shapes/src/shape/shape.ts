import type { SpanKind, StatusCode } from '../otlp/telemetry.ts';
import type { Predicate } from './predicate.ts';

/** How many spans, or traces, of a shape there must be. */
export interface Count {
  readonly min: number;
  readonly max: number;
}

/** An event that a span must carry. */
export interface EventShape {
  readonly name: Predicate;
  readonly attributes: Readonly<Record<string, Predicate>>;
}

/** What one span, and everything below it, must look like. Plain data: it can be named, kept and used again. */
export interface SpanShape {
  readonly type: 'span';
  readonly name: Predicate;
  /** `undefined` accepts any kind. */
  readonly kind: SpanKind | undefined;
  readonly service: Predicate | undefined;
  readonly scope: Predicate | undefined;
  readonly status: StatusCode | undefined;
  readonly attributes: Readonly<Record<string, Predicate>>;
  /** Which of `attributes` tell one span from another: a span with another value there is not the one that was meant. */
  readonly tellBy: ReadonlySet<string>;
  readonly events: readonly EventShape[];
  /** The least time that the span must last, in milliseconds: work that it says it covers took at least that. */
  readonly lastsAtLeastMs: number | undefined;
  readonly children: readonly SpanShape[];
  /** Whether children that nobody asked for are a mistake. */
  readonly only: boolean;
  readonly count: Count;
  /** `child` must be a direct child, apart from spans that are seen through; `descendant` may be anywhere below. */
  readonly axis: 'child' | 'descendant';
  /** What to tell whoever makes the mistake with this code at this span, in the words of the system under test. */
  readonly hints: Readonly<Record<string, string>>;
  /** Where the system under test makes this span, in the caller's own notation; only the caller's `locate` reads it. */
  readonly anchor: string | undefined;
}

/** Which spans are seen through: their children count as children of the nearest visible ancestor. */
export interface SeeThrough {
  readonly scope?: string | RegExp;
  readonly name?: string | RegExp;
  readonly kind?: SpanKind;
}

/** What one trace must look like, and how many of it there must be. */
export interface TraceShape {
  readonly type: 'trace';
  readonly root: SpanShape;
  readonly through: readonly SeeThrough[];
  readonly count: Count;
}

/** What all traces of a run must look like. */
export interface TracesShape {
  readonly type: 'traces';
  readonly traces: readonly TraceShape[];
  /** Whether traces that nobody asked for are a mistake. */
  readonly only: boolean;
  /** Roots that are left out of account, such as health checks. */
  readonly ignore: readonly SeeThrough[];
}

/** What may be compared with traces. */
export type Expected = TraceShape | TracesShape;
