import { type AttributeValue, anySpan, type SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';

/** Finds customers' addresses on spans, in whatever attribute, in lists too. */
export function findPersonalData({ traces }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const leaks = traces.flatMap(({ nodes }) =>
    nodes.flatMap((node) => {
      const key = Object.keys(node.span.attributes).find((name) => holdsAddress(node.span.attributes[name]));
      return key === undefined ? [] : [{ node, key }];
    }),
  );
  const [first] = leaks;
  return first ? [leakFinding(first, leaks.length, locate)] : [];
}

function leakFinding(
  { node, key }: { readonly node: SpanNode; readonly key: string },
  times: number,
  locate: CheckAids['locate'],
): CheckFinding {
  const { span } = node;
  const isByLibrary = span.scope.name.startsWith('@opentelemetry/');
  return findingOf({
    code: 'forbidden-attribute',
    message: `\`${span.name}\` carries a customer's e-mail address in \`${key}\`${times > 1 ? ` (${times} times)` : ''}.`,
    hint: isByLibrary
      ? 'The library records the values of queries only when it is told to. Leave `enhancedDatabaseReporting` out: the text of a query with its `$1` says enough.'
      : 'Everyone who may see traces can read it. Leave it out, or take a number that means something only here.',
    expected: 'no personal data',
    actual: `an e-mail address in \`${key}\``,
    service: span.service,
    span: span.name,
    traceId: span.traceId,
    location: locate({ node, shape: isByLibrary ? BY_LIBRARY : undefined }),
    times,
  });
}

function holdsAddress(value: AttributeValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsAddress);
  return typeof value === 'string' && /[^\s@]+@example\.com/.test(value);
}

const BY_LIBRARY = anySpan(/./, { anchor: 'tracing.ts#Instrumentation(' });
