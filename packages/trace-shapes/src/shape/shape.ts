import type { SpanKind, StatusCode } from '../otlp/telemetry.ts';
import type { Arrangement } from './arrangement.ts';
import type { DurationShape } from './duration.ts';
import type { LinkShape } from './link.ts';
import type { LogShape } from './log.ts';
import type { MetricShape } from './metric.ts';
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

/** An exception that a span must tell of: by a span event or by a log of its own, whichever the SDK sends. */
export interface ExceptionShape {
  /** `exception.type`; `undefined` accepts any. */
  readonly of: Predicate | undefined;
  /** `exception.message`; `undefined` accepts any. */
  readonly message: Predicate | undefined;
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
  /** Attributes of the resource that the span comes from. */
  readonly resource: Readonly<Record<string, Predicate>>;
  /** Which of `attributes` tell one span from another: a span with another value there is not the one that was meant. */
  readonly tellBy: ReadonlySet<string>;
  readonly events: readonly EventShape[];
  readonly exception: ExceptionShape | undefined;
  /** Spans that this one must link to. */
  readonly links: readonly LinkShape[];
  /** Logs that must be written while this span is active. */
  readonly logs: readonly LogShape[];
  /** The least time that the span must last, in milliseconds: work that it says it covers took at least that. */
  readonly lastsAtLeastMs: number | undefined;
  /** The most time that the span may last, in milliseconds. */
  readonly lastsAtMostMs: number | undefined;
  /** How long it must last by another clock, or as compared with another span. */
  readonly lasts: DurationShape | undefined;
  /** Whether it must begin and end while its parent lasts, but for so many milliseconds. */
  readonly within: { readonly toleranceMs: number } | undefined;
  readonly children: readonly SpanShape[];
  /** Which children follow each other, and which run side by side. */
  readonly arrangements: readonly Arrangement[];
  /** Where any of several shapes will do: all of them; the other properties are then the first one's. Else empty. */
  readonly alternatives: readonly SpanShape[];
  /** Whether children that nobody asked for are a mistake. */
  readonly only: boolean;
  readonly count: Count;
  /** `child` must be a direct child, apart from spans that are seen through; `descendant` may be anywhere below. */
  readonly axis: 'child' | 'descendant';
  /** The role that the span has, by which links and durations speak of it. */
  readonly label: string | undefined;
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

/** What a run must send: traces, logs and metrics together. */
export interface TelemetryShape {
  readonly type: 'telemetry';
  /** `undefined` leaves traces out of account. */
  readonly traces: TracesShape | undefined;
  readonly logs: readonly LogShape[];
  readonly metrics: readonly MetricShape[];
}

/** What may be compared with traces. */
export type Expected = TraceShape | TracesShape;
