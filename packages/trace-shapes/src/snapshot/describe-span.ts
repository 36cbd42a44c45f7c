import { escapeControls } from '../otlp/plain-text.ts';
import type { Attributes, AttributeValue, Span, SpanLink } from '../otlp/telemetry.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { CanonicalOptions } from './canonical-trace.ts';
import { maskText, maskValue } from './mask-value.ts';

/** What a canonical tree says of a span: its own line first, then one for each attribute, event and link. */
export type Describe = (node: SpanNode) => readonly string[];

/** Makes the description; links name the span at their other end, which is looked for among all nodes. */
export function describeSpan(nodes: readonly SpanNode[], options: CanonicalOptions): Describe {
  const byId = new Map(nodes.map(({ span }) => [`${span.traceId} ${span.spanId}`, span]));
  const names = new Map<string, string>();
  // Names repeat, and masking is most of the work.
  const nameOf = (name: string) => {
    const known = names.get(name) ?? quoteIfOdd(maskText(name));
    names.set(name, known);
    return known;
  };
  const toTarget = ({ traceId, spanId }: SpanLink) => byId.get(`${traceId} ${spanId}`);

  return ({ span, parent }) => {
    const lost = parent === undefined && span.parentSpanId !== undefined ? ', whose parent never came' : '';
    const lines = [
      `${span.kind} ${nameOf(span.name)} (${nameOf(span.service)}, ${nameOf(span.scope.name || 'no scope')})${lost}`,
      ...describeStatus(span),
      ...describeAttributes(span.attributes, options),
      ...span.events.map((event) => describeWith(`event ${maskText(event.name)}`, event.attributes, options)).sort(),
      ...span.links
        .map((link) => describeWith(`link to ${describeTarget(toTarget(link))}`, link.attributes, options))
        .sort(),
    ];
    return lines.map(escapeControls);
  };
}

function describeStatus({ status }: Span): readonly string[] {
  if (status.code === 'unset') return [];
  return [`status ${status.code}${status.message === '' ? '' : `: ${maskText(status.message)}`}`];
}

function describeAttributes(attributes: Attributes, { omit = [], mask = [] }: CanonicalOptions): readonly string[] {
  return Object.keys(attributes)
    .filter((key) => !isNamed(key, omit))
    .sort()
    .map((key) => `${key} = ${isNamed(key, mask) ? '<any>' : maskValue(key, attributes[key] as AttributeValue)}`);
}

function describeWith(what: string, attributes: Attributes, options: CanonicalOptions): string {
  const pairs = describeAttributes(attributes, options);
  return pairs.length === 0 ? what : `${what} { ${pairs.join(', ')} }`;
}

function describeTarget(span: Span | undefined): string {
  return span === undefined ? 'a span that is not here' : `${span.kind} ${quoteIfOdd(maskText(span.name))}`;
}

function isNamed(key: string, rules: readonly (string | RegExp)[]): boolean {
  return rules.some((rule) => (typeof rule === 'string' ? rule === key : key.search(rule) !== -1));
}

/** A name that is empty or begins or ends with a space would read as something else. */
function quoteIfOdd(name: string): string {
  return /^\S(?:.*\S)?$/s.test(name) ? name : JSON.stringify(name);
}
