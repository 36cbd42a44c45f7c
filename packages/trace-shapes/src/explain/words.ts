import { durationMs } from '../match/compare-span.ts';
import type { Fact, RepeatedFact } from '../match/fact.ts';
import { describeCount, nameOf } from '../shape/describe-shape.ts';
import { describePredicate, describeValue } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';

/** What a fact says in words. */
export interface Words {
  readonly message: string;
  readonly hint: string;
  readonly expected: string;
  readonly actual: string;
}

/** Finds the words for a fact: what, why, and what to try. A hint of the shape for this code replaces the general one. */
export function wordsFor({ fact, times }: RepeatedFact): Words {
  const words = generalWords(fact);
  const ownHint = 'shape' in fact ? fact.shape?.hints[fact.code] : undefined;
  const more = times > 1 && fact.code !== 'wrong-count' ? ` (${times} times)` : '';
  return { ...words, message: words.message.replace(/\.$/, `${more}.`), hint: ownHint ?? words.hint };
}

function generalWords(fact: Fact): Words {
  switch (fact.code) {
    case 'no-spans':
      return {
        message: 'No spans arrived at all.',
        hint: 'Is the SDK loaded before the app, started, and sending to this receiver? `OTEL_LOG_LEVEL=debug` makes it say what it does.',
        expected: 'at least one span',
        actual: 'nothing',
      };
    case 'orphan-span':
      return orphanWords(fact.node, fact.unfinished);
    case 'mixed-requests':
      return {
        message: `${tick(fact.node)} belongs below ${tick(fact.parent)} of trace ${short(fact.parent)}, but is in trace ${short(fact.node)}, below ${tick(fact.foundIn)}: another request's.`,
        hint: 'It ran in the context of whichever request started the work. Keep `context.active()` with each item when it is queued, and run the item by `context.with(saved, …)`.',
        expected: `below ${tick(fact.parent)} of its own request`,
        actual: `below ${tick(fact.foundIn)} of another request`,
      };
    case 'lost-context':
      return {
        message: `${tick(fact.node)} is in a trace of its own, expected below ${tick(fact.parent)}.`,
        hint: 'It began outside of any request, in no context. Keep `context.active()` where the work is handed over, and run the work by `context.with(saved, …)`.',
        expected: `below ${tick(fact.parent)}`,
        actual: 'in a trace of its own',
      };
    case 'wrong-parent':
      return wrongParentWords(fact.node, fact.parent);
    case 'duplicate-span':
      return {
        message: fact.exportedTwice
          ? `${tick(fact.node)} was exported twice, with the same span id.`
          : `${tick(fact.node)} is there twice: ${relation(fact.node, fact.of)} stands for the same work.`,
        hint: fact.exportedTwice
          ? 'Two span processors, or two SDKs, send to the same place. Keep one.'
          : `One was made by ${scope(fact.node)}, the other by ${scope(fact.of)}. Keep the one that comes for free.`,
        expected: '1',
        actual: '2 for the same work',
      };
    case 'wrong-count':
      return wrongCountWords(fact);
    case 'missing-span':
      return {
        message: `${code(nameOf(fact.shape))} is missing${fact.parent ? ` below ${tick(fact.parent)}` : ''}.`,
        hint: `No ${fact.shape.kind ?? ''} span of that name arrived. Start it where the work begins, with just this name, and end it where the work ends.`.replace(
          'No  span',
          'No span',
        ),
        expected: `${code(nameOf(fact.shape))}${fact.parent ? ` below ${tick(fact.parent)}` : ', as the root of a trace'}`,
        actual: 'nothing',
      };
    case 'unexpected-span':
      return {
        message: `${tick(fact.node)} should not be there${fact.node.parent ? `, below ${tick(fact.node.parent)}` : ', as a trace of its own'}.`,
        hint: 'Remove what makes it, or give it the parent that it belongs to.',
        expected: 'no such span',
        actual: tick(fact.node),
      };
    case 'ended-too-early':
      return {
        message: `${tick(fact.node)} lasted ${ms(durationMs(fact.node.span))}, but the work that it stands for takes at least ${ms(fact.atLeastMs)}.`,
        hint: 'It ended before the work did: `await` the work before `span.end()`, in a `finally`.',
        expected: `at least ${ms(fact.atLeastMs)}`,
        actual: ms(durationMs(fact.node.span)),
      };
    case 'wrong-name':
      return differs(
        fact,
        'is named',
        code(nameOf(fact.shape)),
        tick(fact.node),
        'Names are compared to the letter: use just this one.',
      );
    case 'high-cardinality-name':
      return differs(
        fact,
        'is named',
        code(nameOf(fact.shape)),
        tick(fact.node),
        'A name that holds an id is different for every request, so that nothing can be grouped by it. Put the id in an attribute.',
      );
    case 'wrong-kind':
      return differs(
        fact,
        'is of kind',
        code(String(fact.shape.kind).toUpperCase()),
        code(fact.node.span.kind.toUpperCase()),
        KIND_HINTS[String(fact.shape.kind)] ?? 'Give the kind when the span is started.',
      );
    case 'wrong-service':
      return differs(
        fact,
        'comes from service',
        describePredicate(fact.expected),
        describeValue(fact.node.span.service),
        'The service is `service.name` of the resource: set `OTEL_SERVICE_NAME` or `serviceName` of the SDK, one for each process.',
      );
    case 'wrong-scope':
      return differs(
        fact,
        'was made by',
        describePredicate(fact.expected),
        describeValue(fact.node.span.scope.name),
        "The instrumentation scope is the tracer's name: this span should come from another one.",
      );
    case 'wrong-status':
      return statusWords(fact.shape, fact.node);
    case 'missing-attribute':
      return differs(
        fact,
        `lacks the attribute ${code(fact.key)}:`,
        describePredicate(fact.expected, fact.bindings),
        'nothing',
        `Set it with \`span.setAttribute('${fact.key}', …)\` before the span ends.`,
      );
    case 'wrong-attribute':
      return differs(
        fact,
        `has ${code(fact.key)}`,
        describePredicate(fact.expected, fact.bindings),
        describeValue(fact.actual),
        typeHint(fact.actual, fact.expected.type),
      );
    case 'misplaced-attribute':
      return {
        message: `${code(fact.key)} is ${fact.elsewhere.on === 'resource' ? 'on the resource' : `on ${tick(fact.elsewhere.node)}`}, expected on ${tick(fact.node)}.`,
        hint:
          fact.elsewhere.on === 'resource'
            ? 'The resource describes the process and is the same for every span. What differs from request to request goes on the span.'
            : 'Set it on the span that the value is about; `trace.getActiveSpan()` may be another one than you think.',
        expected: `on ${tick(fact.node)}`,
        actual: fact.elsewhere.on === 'resource' ? 'on the resource' : `on ${tick(fact.elsewhere.node)}`,
      };
    case 'deprecated-attribute':
      return {
        message: `${tick(fact.node)} has ${code(fact.deprecatedKey)}, which is now called ${code(fact.key)}.`,
        hint: 'The semantic conventions renamed it. Older tutorials still show the old name.',
        expected: code(fact.key),
        actual: code(fact.deprecatedKey),
      };
    case 'forbidden-attribute':
      return {
        message: `${tick(fact.node)} carries ${code(fact.key)}, which must not leave the process.`,
        hint: 'Secrets and personal data do not belong on spans: everyone who can see traces can read them. Remove it, or redact it before export.',
        expected: `no ${code(fact.key)}`,
        actual: 'there',
      };
    case 'missing-event':
      return differs(
        fact,
        'lacks the event',
        describePredicate(fact.expected.name),
        fact.node.span.events.length === 0
          ? 'no events'
          : fact.node.span.events.map(({ name }) => describeValue(name)).join(', '),
        'Add it with `span.addEvent(…)` before the span ends.',
      );
  }
}

function orphanWords(node: SpanNode, unfinished: SpanShape | undefined): Words {
  const parent = `parent ${node.span.parentSpanId}`;
  return {
    message: unfinished
      ? `${code(nameOf(unfinished))} never came: ${tick(node)} names a parent that was not exported.`
      : `${tick(node)} is an orphan: its ${parent} never came.`,
    hint: 'A span that is never ended is never exported. Call `end()` on every way out, best in a `finally`.',
    expected: unfinished ? code(nameOf(unfinished)) : `the span ${node.span.parentSpanId}`,
    actual: 'not exported',
  };
}

function wrongParentWords(node: SpanNode, parent: SpanNode | undefined): Words {
  const actual = node.parent ? `a child of ${tick(node.parent)}` : 'a root';
  const expected = parent ? `a child of ${tick(parent)}` : 'the root of its trace';
  const began = parent && node.span.startUnixNano > parent.span.endUnixNano;
  const late = began
    ? ` It started ${ms(Number(node.span.startUnixNano - parent.span.endUnixNano) / 1e6)} after ${tick(parent)} had ended.`
    : '';
  return {
    message: `${tick(node)} is ${actual}, expected as ${expected}.${late}`,
    hint: parent
      ? `A span's parent is whatever is active when it starts: start it inside \`startActiveSpan\`, or with \`trace.setSpan(context.active(), parent)\`, of ${tick(parent)}.`
      : 'A span becomes a root when nothing is active as it starts, or with `root: true`.',
    expected,
    actual,
  };
}

function wrongCountWords({ shape, expected, nodes, parent }: Extract<Fact, { code: 'wrong-count' }>): Words {
  const where = parent ? ` below ${tick(parent)}` : '';
  const isRepeated = nodes.length > expected.max && nodes.length - expected.max >= 3 && parent !== undefined;
  return {
    message: `${nodes.length} × ${code(nameOf(shape))}${where}, expected ${describeCount(expected)}${isRepeated ? ': the same work again and again, an N+1' : ''}.`,
    hint: isRepeated
      ? 'The same statement runs once for every row of an earlier one. Ask for all of them at once.'
      : nodes.length > expected.max
        ? 'Something makes this span more often than the work is done.'
        : 'Some of the work makes no span, or its spans were lost.',
    expected: describeCount(expected),
    actual: String(nodes.length),
  };
}

function statusWords(shape: SpanShape, node: SpanNode): Words {
  const actual = node.span.status.code;
  const hint =
    shape.status === 'error'
      ? 'A failure is told by `span.setStatus({ code: SpanStatusCode.ERROR })`; an exception event alone does not set it.'
      : 'ERROR is for what the service failed to do. An outcome that the caller must expect (a 4xx, a declined card) leaves the status unset.';
  return {
    message: `${tick(node)} has status ${actual.toUpperCase()}, expected ${String(shape.status).toUpperCase()}.`,
    hint,
    expected: String(shape.status).toUpperCase(),
    actual: actual.toUpperCase(),
  };
}

function differs(
  { node }: { readonly node: SpanNode },
  what: string,
  expected: string,
  actual: string,
  hint: string,
): Words {
  const isName = what === 'is named';
  const got = actual === 'nothing' || actual === 'no events' ? '' : ` ${actual}`;
  const message = isName
    ? `A span is named ${actual}, expected ${expected}.`
    : `${tick(node)} ${what}${got}${got ? ', expected' : ''} ${expected}.`;
  return { message: got || isName ? message : `${tick(node)} ${what} expected ${expected}.`, hint, expected, actual };
}

function typeHint(actual: unknown, expectedType: string): string {
  return typeof actual === 'string' && expectedType !== 'pattern'
    ? 'Mind the type too: a number is not a string of digits.'
    : 'The value is compared exactly, with its type.';
}

function relation(node: SpanNode, other: SpanNode): string {
  if (node.parent === other) return 'the span around it';
  return other.parent === node ? 'the span within it' : 'the one beside it';
}

const KIND_HINTS: Readonly<Record<string, string>> = {
  server: 'A request that comes in is `{ kind: SpanKind.SERVER }`; without a kind a span is INTERNAL.',
  client: 'A call that goes out is `{ kind: SpanKind.CLIENT }`; without a kind a span is INTERNAL.',
  internal: 'Work within a service is INTERNAL, which is what a span is when no kind is given.',
  producer: 'Handing a message over is `{ kind: SpanKind.PRODUCER }`.',
  consumer: 'Taking a message up is `{ kind: SpanKind.CONSUMER }`.',
};

function tick(node: SpanNode): string {
  return code(node.span.name);
}

function code(text: string): string {
  return `\`${text}\``;
}

function scope(node: SpanNode): string {
  return code(node.span.scope.name || 'a tracer without a name');
}

function short(node: SpanNode): string {
  return node.span.traceId.slice(0, 6);
}

function ms(duration: number): string {
  return duration >= 10 ? `${Math.round(duration)} ms` : `${Math.round(duration * 10) / 10} ms`;
}
