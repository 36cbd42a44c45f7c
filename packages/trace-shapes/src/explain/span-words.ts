import { durationMs } from '../match/compare-span.ts';
import type { Fact } from '../match/fact.ts';
import type { SpanKind } from '../otlp/telemetry.ts';
import { describePredicate, describeValue, type Predicate } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { code, ms, named, type Words, wanted } from './phrases.ts';
import type { StructureFact } from './structure-fact.ts';

/** The words for a fact about one span, which is where it should be. */
export function spanWords(fact: Exclude<Fact, StructureFact>): Words {
  switch (fact.code) {
    case 'ended-too-early':
      return {
        message: `${named(fact.node)} lasted ${ms(durationMs(fact.node.span))}, but the work that it stands for takes at least ${ms(fact.atLeastMs)}.`,
        hint: 'It ended before the work did: `await` the work before `span.end()`, in a `finally`.',
        expected: `at least ${ms(fact.atLeastMs)}`,
        actual: ms(durationMs(fact.node.span)),
      };
    case 'wrong-name':
      return nameWords(fact, 'Names are compared to the letter: use just this one.');
    case 'high-cardinality-name':
      return nameWords(
        fact,
        'A name that holds an id is different for every request, so that nothing can be grouped by it. Put the id in an attribute.',
      );
    case 'wrong-kind': {
      const expected = fact.shape.kind ?? 'unspecified';
      const [want, got] = [code(expected.toUpperCase()), code(fact.node.span.kind.toUpperCase())];
      return has(fact, `is of kind ${got}`, want, got, KIND_HINTS[expected]);
    }
    case 'wrong-service': {
      const got = describeValue(fact.node.span.service);
      const hint =
        'The service is `service.name` of the resource: set `OTEL_SERVICE_NAME`, or `serviceName` of the SDK, one for each process.';
      return has(fact, `comes from service ${got}`, describePredicate(fact.expected), got, hint);
    }
    case 'wrong-scope': {
      const got = describeValue(fact.node.span.scope.name);
      const hint =
        "The instrumentation scope is the tracer's name, and tells a library's spans from those by hand: this span should come from another one.";
      return has(fact, `was made by ${got}`, describePredicate(fact.expected), got, hint);
    }
    case 'wrong-status': {
      const [want, got] = [
        code(String(fact.shape.status).toUpperCase()),
        code(fact.node.span.status.code.toUpperCase()),
      ];
      return has(fact, `has status ${got}`, want, got, fact.shape.status === 'error' ? ERROR_HINT : OUTCOME_HINT);
    }
    case 'missing-attribute': {
      const want = describePredicate(fact.expected, fact.bindings);
      return {
        message: `${named(fact.node)} lacks the attribute ${code(fact.key)}, expected ${want}.`,
        hint: `Set it with ${code(`span.setAttribute('${fact.key}', …)`)} before the span ends.`,
        expected: want,
        actual: 'nothing',
      };
    }
    case 'wrong-attribute': {
      const [want, got] = [describePredicate(fact.expected, fact.bindings), describeValue(fact.actual)];
      return has(fact, `has ${code(fact.key)} ${got}`, want, got, valueHint(fact));
    }
    case 'misplaced-attribute':
      return misplacedWords(fact);
    case 'deprecated-attribute':
      return {
        message: `${named(fact.node)} has ${code(fact.deprecatedKey)}, which is now called ${code(fact.key)}.`,
        hint: 'The semantic conventions renamed it. Older tutorials still show the old name.',
        expected: code(fact.key),
        actual: code(fact.deprecatedKey),
      };
    case 'forbidden-attribute':
      return {
        message: `${named(fact.node)} carries ${code(fact.key)}, which must not leave the process.`,
        hint: 'Secrets and personal data do not belong on spans: everyone who can see traces can read them. Remove it, or redact it before export.',
        expected: `no ${code(fact.key)}`,
        actual: 'there',
      };
    case 'missing-event': {
      const want = describePredicate(fact.expected.name);
      const names = fact.node.span.events.map(({ name }) => describeValue(name));
      return {
        message: `${named(fact.node)} lacks the event ${want}${names.length > 0 ? `; it has ${names.slice(0, 5).join(', ')}` : ''}.`,
        hint: 'Add it with `span.addEvent(…)` before the span ends.',
        expected: want,
        actual: names.length > 0 ? names.join(', ') : 'no events',
      };
    }
  }
}

interface OnSpan {
  readonly shape: SpanShape;
  readonly node: SpanNode;
}

function has({ node }: OnSpan, what: string, want: string, got: string, hint: string): Words {
  return { message: `${named(node)} ${what}, expected ${want}.`, hint, expected: want, actual: got };
}

function nameWords({ node, shape }: OnSpan, hint: string): Words {
  const [want, got] = [wanted(shape), named(node)];
  return { message: `A span is named ${got}, expected ${want}.`, hint, expected: want, actual: got };
}

function misplacedWords({ node, key, elsewhere }: Extract<Fact, { code: 'misplaced-attribute' }>): Words {
  const actual = elsewhere.on === 'resource' ? 'on the resource' : `on ${named(elsewhere.node)}`;
  return {
    message: `${code(key)} is ${actual}, expected on ${named(node)}.`,
    hint:
      elsewhere.on === 'resource'
        ? 'The resource describes the process and is the same for every span. What differs from request to request goes on the span.'
        : 'Set it on the span that the value is about; `trace.getActiveSpan()` may be another one than you think.',
    expected: `on ${named(node)}`,
    actual,
  };
}

function valueHint({ expected, actual }: { readonly expected: Predicate; readonly actual: unknown }): string {
  if (expected.type === 'same')
    return 'Spans of one request carry one value. This one is from another request: a variable that requests share, or the wrong context.';
  const wantsNumber =
    expected.type === 'type-of' || (expected.type === 'literal' && typeof expected.value !== 'string');
  return typeof actual === 'string' && wantsNumber
    ? 'Mind the type: a number is not a string of digits, nor `true` the string "true".'
    : 'Values are compared exactly.';
}

const KIND_HINTS: Readonly<Record<SpanKind, string>> = {
  server: 'A request that comes in is `{ kind: SpanKind.SERVER }`; without a kind a span is INTERNAL.',
  client: 'A call that goes out is `{ kind: SpanKind.CLIENT }`; without a kind a span is INTERNAL.',
  internal: 'Work within a service is INTERNAL, which is what a span is when no kind is given.',
  producer: 'Handing a message over is `{ kind: SpanKind.PRODUCER }`; without a kind a span is INTERNAL.',
  consumer: 'Taking a message up is `{ kind: SpanKind.CONSUMER }`; without a kind a span is INTERNAL.',
  unspecified: 'Give the kind when the span is started.',
};

const ERROR_HINT =
  'A failure is told by `span.setStatus({ code: SpanStatusCode.ERROR })`; an exception event alone does not set it.';
const OUTCOME_HINT =
  'ERROR is for what the service failed to do. An outcome that the caller must expect (a 4xx, a declined card) leaves the status unset.';
