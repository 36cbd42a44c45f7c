import type { Span } from '../otlp/telemetry.ts';
import { type Bindings, holds, type Predicate } from '../shape/predicate.ts';
import type { EventShape, SpanShape } from '../shape/shape.ts';
import type { Difference } from './fact.ts';
import { holdsAnId, isOperation, nameSimilarity } from './name-similarity.ts';
import { isOnlyTheMethod } from './without-route.ts';

/** How one span compares with one shape, its children left aside. */
export interface SpanComparison {
  readonly differences: readonly Difference[];
  /** 0 when all is as expected; grows with every difference. */
  readonly cost: number;
  /** Whether this may be the span that was meant; if not, it is another one. */
  readonly plausible: boolean;
}

/** Compares a span's own properties with a shape, or with the nearest of its alternatives. */
export function compareSpan(shape: SpanShape, span: Span, bindings: Bindings): SpanComparison {
  if (shape.alternatives.length === 0) return compareWith(shape, span, bindings);
  const comparisons = shape.alternatives.map((option) => compareWith(option, span, bindings));
  return comparisons.reduce((best, next) => (isNearer(next, best) ? next : best));
}

function isNearer(a: SpanComparison, b: SpanComparison): boolean {
  return a.plausible === b.plausible ? a.cost < b.cost : a.plausible;
}

function compareWith(shape: SpanShape, span: Span, bindings: Bindings): SpanComparison {
  const differences = [...differencesOf(shape, span, bindings)];
  const cost = differences.reduce((sum, difference) => sum + costOf(difference, shape, span), 0);
  return { differences, cost, plausible: isPlausible(shape, span, differences) };
}

function* differencesOf(shape: SpanShape, span: Span, bindings: Bindings): Generator<Difference> {
  if (!holds(shape.name, span.name, bindings))
    yield { aspect: 'name', highCardinality: isHighCardinality(shape, span) };
  if (shape.kind !== undefined && shape.kind !== span.kind) yield { aspect: 'kind', expected: shape.kind };
  if (shape.service && !holds(shape.service, span.service, bindings))
    yield { aspect: 'service', expected: shape.service };
  if (shape.scope && !holds(shape.scope, span.scope.name, bindings)) yield { aspect: 'scope', expected: shape.scope };
  if (shape.status !== undefined && shape.status !== span.status.code)
    yield { aspect: 'status', expected: shape.status };
  for (const [key, expected] of Object.entries(shape.attributes)) {
    const actual = span.attributes[key];
    if (holds(expected, actual, bindings)) continue;
    yield {
      aspect: 'attribute',
      key,
      expected,
      actual,
      identity: isAnothersIdentity(expected, actual !== undefined, bindings),
    };
  }
  for (const [key, expected] of Object.entries(shape.resource)) {
    const actual = span.resource.attributes[key];
    if (!holds(expected, actual, bindings)) yield { aspect: 'resource', key, expected, actual };
  }
  for (const expected of shape.events) if (!hasEvent(span, expected, bindings)) yield { aspect: 'event', expected };
  yield* durationDifferences(shape, durationMs(span));
}

function* durationDifferences({ lastsAtLeastMs, lastsAtMostMs, lasts }: SpanShape, ms: number): Generator<Difference> {
  if (lastsAtLeastMs !== undefined && ms < lastsAtLeastMs)
    yield { aspect: 'duration', code: 'ended-too-early', limit: { type: 'ms', ms: lastsAtLeastMs } };
  if (lastsAtMostMs !== undefined && ms > lastsAtMostMs)
    yield { aspect: 'duration', code: 'ended-too-late', limit: { type: 'ms', ms: lastsAtMostMs } };
  if (lasts?.type !== 'measured' || Math.abs(ms - lasts.ms) <= lasts.toleranceMs) return;
  const limit = { type: 'measured', ms: lasts.ms, toleranceMs: lasts.toleranceMs } as const;
  yield { aspect: 'duration', code: ms < lasts.ms ? 'ended-too-early' : 'ended-too-late', limit };
}

/** The placeholders of a shape's attributes, bound to what this span carries. */
export function bindPlaceholders(shape: SpanShape, span: Span, bindings: Bindings): Bindings {
  const bound = Object.entries(shape.attributes).flatMap(([key, predicate]) => {
    const value = span.attributes[key];
    const isNew = predicate.type === 'same' && value !== undefined && !bindings.has(predicate.placeholder);
    return isNew ? [[predicate.placeholder, value] as const] : [];
  });
  return bound.length === 0 ? bindings : new Map([...bindings, ...bound]);
}

/** How long a span lasted, in milliseconds. */
export function durationMs(span: Span): number {
  return Number(span.endUnixNano - span.startUnixNano) / 1e6;
}

function isAnothersIdentity(expected: Predicate, isThere: boolean, bindings: Bindings): boolean {
  return expected.type === 'same' && isThere && bindings.has(expected.placeholder);
}

function hasEvent(span: Span, expected: EventShape, bindings: Bindings): boolean {
  return span.events.some(
    (event) =>
      holds(expected.name, event.name, bindings) &&
      Object.entries(expected.attributes).every(([key, predicate]) =>
        holds(predicate, event.attributes[key], bindings),
      ),
  );
}

function costOf(difference: Difference, shape: SpanShape, span: Span): number {
  switch (difference.aspect) {
    case 'name':
      return 5 - 3 * similarityTo(shape, span);
    case 'attribute':
      return difference.identity ? 6 : 1;
    case 'resource':
    case 'event':
    case 'duration':
      return 0.5;
    default:
      return COSTS[difference.aspect];
  }
}

const COSTS = { kind: 2, service: 3, scope: 1.5, status: 1 } as const;

/**
 * A span with another name is the one that was meant only if there is a reason to think so: the names are alike, or
 * everything else that the shape asks for, some telling attribute at least, is there. One with another request's
 * identity is not.
 */
function isPlausible(shape: SpanShape, span: Span, differences: readonly Difference[]): boolean {
  if (differences.some((difference) => difference.aspect === 'attribute' && difference.identity)) return false;
  if (differences.some((difference) => isToldApart(difference, shape))) return false;
  if (!differences.some(({ aspect }) => aspect === 'name')) return true;
  const isAlike =
    (similarityTo(shape, span) >= ALIKE || isOnlyTheMethod(shape, span)) &&
    !differences.some(({ aspect }) => aspect === 'service');
  return (
    isAlike || (differences.length === 1 && Object.values(shape.attributes).some(isTelling) && !isOtherOperation())
  );

  /** `POST /baskets` is no misspelt `POST /orders`, whatever both carry. */
  function isOtherOperation(): boolean {
    return shape.name.type === 'literal' && isOperation(String(shape.name.value)) && isOperation(span.name);
  }
}

/** Whether the span carries another value where a value tells one span from another. */
function isToldApart(difference: Difference, { tellBy }: SpanShape): boolean {
  return difference.aspect === 'attribute' && difference.actual !== undefined && tellBy.has(difference.key);
}

/** Whether few spans can be expected to carry such a value; an order's id is on many. */
function isTelling({ type }: Predicate): boolean {
  return type === 'literal' || type === 'pattern' || type === 'one-of' || type === 'satisfies';
}

const ALIKE = 0.55;

function similarityTo(shape: SpanShape, span: Span): number {
  const { name } = shape;
  if (name.type === 'literal') return nameSimilarity(String(name.value), span.name);
  if (name.type !== 'one-of') return 0;
  const literals = name.options.flatMap((option) => (option.type === 'literal' ? [String(option.value)] : []));
  return Math.max(0, ...literals.map((literal) => nameSimilarity(literal, span.name)));
}

function isHighCardinality(shape: SpanShape, span: Span): boolean {
  return shape.name.type === 'literal' && holdsAnId(span.name) && !holdsAnId(String(shape.name.value));
}
