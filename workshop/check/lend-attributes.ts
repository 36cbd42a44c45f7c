import type { Span } from 'trace-shapes';

/**
 * Lets a span of the framework lend its attributes to the nearest span above it that is not the framework's: with
 * Express instrumented, `trace.getActiveSpan()` in a handler is Express's own span, and what a handler says of its
 * request is said all the same.
 */
export function lendAttributes(spans: readonly Span[]): readonly Span[] {
  const lenders = spans.filter(isOfFramework);
  if (lenders.length === 0) return spans;
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const lent = new Map<string, Span['attributes']>();
  for (const lender of lenders) {
    const owner = ownerOf(lender, byId);
    if (owner) lent.set(owner, { ...lender.attributes, ...lent.get(owner) });
  }
  return spans.map((span) => {
    const attributes = lent.get(span.spanId);
    return attributes ? { ...span, attributes: { ...attributes, ...span.attributes } } : span;
  });
}

function ownerOf(lender: Span, byId: ReadonlyMap<string, Span>): string | undefined {
  const seen = new Set<Span>();
  let span: Span | undefined = lender;
  while (span && isOfFramework(span) && !seen.has(span)) {
    seen.add(span);
    span = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId);
  }
  return span && !isOfFramework(span) ? span.spanId : undefined;
}

function isOfFramework({ scope }: Span): boolean {
  return scope.name === FRAMEWORK;
}

/** The scope of the spans that Express makes for its layers. */
export const FRAMEWORK = '@opentelemetry/instrumentation-express';
