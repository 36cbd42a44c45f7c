import type { AttributeValue, Span } from 'trace-shapes';

/**
 * Calls the database of a run by the same name in every run: it is made anew for each, and its name is part of what the
 * instrumentation of pg calls a query, so that otherwise every query would look new after every save.
 */
export function nameDatabase(spans: readonly Span[], databaseUrl: string): readonly Span[] {
  const name = new URL(databaseUrl).pathname.slice(1);
  if (name === '') return spans;
  const renamed = <Value extends AttributeValue>(value: Value) =>
    typeof value === 'string' ? value.replaceAll(name, ALWAYS) : value;
  return spans.map((span) => ({
    ...span,
    name: span.name.replaceAll(name, ALWAYS),
    attributes: withoutPrototype(Object.entries(span.attributes).map(([key, value]) => [key, renamed(value)])),
  }));
}

function withoutPrototype(entries: readonly (readonly [string, AttributeValue])[]): Span['attributes'] {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

const ALWAYS = 'purl';
