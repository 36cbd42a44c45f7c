import type { Fact } from '../match/fact.ts';
import { editDistance } from '../match/name-similarity.ts';
import { isLibraryScope } from '../match/senders.ts';
import type { SpanKind } from '../otlp/telemetry.ts';
import { optionsOf } from '../shape/describe-shape.ts';
import { type Bindings, describePredicate, describeValue, type Predicate } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { SpanFact } from './fact-groups.ts';
import { isSensitive } from './is-sensitive.ts';
import { code, named, type Words, wanted } from './phrases.ts';

/** The words for a fact about one span, which is where it should be. */
export function spanWords(fact: SpanFact): Words {
  switch (fact.code) {
    case 'wrong-name': {
      const words = nameWords(fact, 'Names are compared to the letter: use just this one.');
      return { ...words, message: words.message.replace(/\.$/, `${distanceOf(fact)}.`) };
    }
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
        isLibraryScope(fact.node.span.scope.name) === wantsLibrary(fact.expected)
          ? "The instrumentation scope is the tracer's name, and tells a library's spans from those by hand: this span should come from another one."
          : wantsLibrary(fact.expected)
            ? 'It was made by hand where the library should make it: remove the one by hand, and load the instrumentation before the library.'
            : 'A library made it where it should be made by hand: give it a tracer of your own, `trace.getTracer(name)`.';
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
        message: `${fact.on === 'resource' ? `The resource of ${named(fact.node)}` : named(fact.node)} lacks the attribute ${code(fact.key)}, expected ${want}.`,
        hint:
          fact.on === 'resource'
            ? RESOURCE_HINT
            : `Set it with ${code(`span.setAttribute('${fact.key}', …)`)} before the span ends.`,
        expected: want,
        actual: 'nothing',
      };
    }
    case 'wrong-attribute': {
      const [want, got] = [describePredicate(fact.expected, fact.bindings), describeValue(fact.actual)];
      const place = fact.on === 'resource' ? ' on its resource' : '';
      return has(
        fact,
        `has ${code(fact.key)} ${got}${place}`,
        want,
        got,
        fact.on === 'resource' ? RESOURCE_HINT : valueHint(fact),
      );
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
      return forbiddenWords(fact);
    case 'missing-event': {
      if ('exception' in fact) return exceptionWords(fact);
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

/** How far the name is from the one that was meant, where that helps to see the slip. */
function distanceOf({ node, shape }: OnSpan): string {
  const names = optionsOf(shape).flatMap(({ name }) => (name.type === 'literal' ? [String(name.value)] : []));
  const nearest = Math.min(...names.map((name) => editDistance(name.slice(0, 200), node.span.name.slice(0, 200))));
  const isSlip = names.some((name) => nearest <= name.length / 2);
  if (!isSlip) return names.length > 0 ? ': quite another name, but all else is as expected' : '';
  return `: ${nearest} character${nearest === 1 ? '' : 's'} to change`;
}

function exceptionWords({ node, exception, actual }: Extract<Fact, { exception: unknown }>): Words {
  const parts = [exception.of, exception.message].flatMap((one) => (one ? [describePredicate(one)] : []));
  const want = `the exception${parts.length > 0 ? ` ${parts.join(', ')}` : ''}`;
  const got = actual.slice(0, 5).map(describeValue).join(', ');
  return {
    message: `${named(node)} tells of no exception${parts.length > 0 ? ` ${parts.join(', ')}` : ''}, neither by an event nor by a log${actual.length > 0 ? `; it has ${got}` : ''}.`,
    hint: 'Record it while the span is active: `span.recordException(error)`, or a log with `exception.type` and `exception.message`.',
    expected: want,
    actual: actual.length > 0 ? got : 'no exception',
  };
}

function misplacedWords({ node, key, elsewhere, on }: Extract<Fact, { code: 'misplaced-attribute' }>): Words {
  if (on === 'resource')
    return {
      message: `${code(key)} is on ${named(node)}, expected on its resource.`,
      hint: RESOURCE_HINT,
      expected: 'on the resource',
      actual: `on ${named(node)}`,
    };
  const actual = elsewhere.on === 'span' ? `on ${named(elsewhere.node)}` : 'on the resource';
  return {
    message: `${code(key)} is ${actual}, expected on ${named(node)}.`,
    hint:
      elsewhere.on === 'span'
        ? 'Set it on the span that the value is about; `trace.getActiveSpan()` may be another one than you think.'
        : 'The resource describes the process and is the same for every span. What differs from request to request goes on the span.',
    expected: `on ${named(node)}`,
    actual,
  };
}

/** Secrets and personal data are named without their value; of anything else the value may tell where it comes from. */
function forbiddenWords({ node, key, actual, on }: Extract<Fact, { readonly bindings: Bindings; key: string }>): Words {
  const place = on === 'resource' ? `The resource of ${named(node)}` : named(node);
  if (isSensitive(key))
    return {
      message: `${place} carries ${code(key)}, which must not leave the process.`,
      hint: 'Secrets and personal data do not belong on spans: everyone who can see traces can read them. Remove it, or redact it before export.',
      expected: `no ${code(key)}`,
      actual: 'there',
    };
  return {
    message: `${place} has ${code(key)} ${describeValue(actual)}, expected not to have it.`,
    hint: 'Find what sets it, and set it only where it is so.',
    expected: `no ${code(key)}`,
    actual: describeValue(actual),
  };
}

const RESOURCE_HINT =
  'The resource describes the process, once for all of its spans: set it by `OTEL_RESOURCE_ATTRIBUTES`, or by `resource` of the SDK.';

function wantsLibrary(expected: Predicate): boolean {
  return isLibraryScope(describePredicate(expected).replace(/^"/, ''));
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
