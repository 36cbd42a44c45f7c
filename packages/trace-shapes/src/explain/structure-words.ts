import { describeCount } from '../shape/describe-shape.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { StructureFact } from './fact-groups.ts';
import { below, code, ms, named, type Words, wanted } from './phrases.ts';

/** The words for a fact about how spans stand to each other. */
export function structureWords(fact: StructureFact, times: number): Words {
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
        message: `${named(fact.node)} belongs below ${named(fact.parent)} of trace ${short(fact.parent)}, but is in trace ${short(fact.node)}, below ${named(fact.foundIn)}: another request's.`,
        hint: 'It ran in the context of whichever request started the work. Keep `context.active()` with each item when it is queued, and run the item by `context.with(saved, …)`.',
        expected: `below ${named(fact.parent)} of its own request`,
        actual: `below ${named(fact.foundIn)} of another request`,
      };
    case 'lost-context':
      return {
        message: `${named(fact.node)} is in a trace of its own${fact.node.parent ? `, below ${named(fact.node.parent)}` : ''}, expected below ${named(fact.parent)}.`,
        hint: isOtherEnd(fact.shape, fact.parent) ? PROPAGATION_HINT : CONTEXT_HINT,
        expected: `below ${named(fact.parent)}`,
        actual: 'in a trace of its own',
      };
    case 'wrong-parent':
      return wrongParentWords(fact.node, fact.parent);
    case 'duplicate-span':
      return fact.exportedTwice ? exportedTwiceWords(fact.node, times) : duplicateWords(fact.node, fact.of);
    case 'wrong-count':
      return wrongCountWords(fact);
    case 'missing-span':
      return missingWords(fact.shape, fact.parent);
    case 'unexpected-span':
      return {
        message: `${named(fact.node)} should not be there${fact.node.parent ? `, below ${named(fact.node.parent)}` : ', as the root of a trace'}.`,
        hint: 'Remove what makes it, or start it where the span that it belongs to is active.',
        expected: 'no such span',
        actual: named(fact.node),
      };
  }
}

function orphanWords(node: SpanNode, unfinished: SpanShape | undefined): Words {
  const id = node.span.parentSpanId;
  return {
    message: unfinished
      ? `${wanted(unfinished)} never came: ${named(node)} names a parent that was not exported.`
      : `${named(node)} is an orphan: its parent ${id} never came.`,
    hint: 'A span that is never ended is never exported. Call `end()` on every way out, best in a `finally`.',
    expected: unfinished ? wanted(unfinished) : `the span ${id}`,
    actual: 'not exported',
  };
}

function wrongParentWords(node: SpanNode, parent: SpanNode | undefined): Words {
  const actual = node.parent ? `a child of ${named(node.parent)}` : 'a root';
  if (!parent) {
    return {
      message: `${named(node)} is ${actual}, expected as the root of its trace.`,
      hint: 'A span becomes a root when no span is active as it starts, or with `root: true`.',
      expected: 'the root of its trace',
      actual,
    };
  }
  const late = node.span.startUnixNano - parent.span.endUnixNano;
  const began = late > 0n ? ` It started ${ms(Number(late) / 1e6)} after ${named(parent)} had ended.` : '';
  return {
    message: `${named(node)} is ${actual}, expected below ${named(parent)}.${began}`,
    hint:
      began === ''
        ? `A span's parent is the span that is active when it starts. Start it in the callback of \`startActiveSpan\` that made ${named(parent)}, or pass \`trace.setSpan(context.active(), parent)\` as its context.`
        : `Await the work inside the callback of ${named(parent)}, before its \`span.end()\`.`,
    expected: `a child of ${named(parent)}`,
    actual,
  };
}

function exportedTwiceWords(node: SpanNode, times: number): Words {
  return {
    message:
      times === 1
        ? `${named(node)} was exported twice, with the same span id.`
        : `${times} spans were exported twice, with the same span ids; ${named(node)} is the first.`,
    hint: 'Two span processors, or two SDKs, send to the same place. Keep one.',
    expected: 'each span once',
    actual: 'twice',
  };
}

function duplicateWords(node: SpanNode, twin: SpanNode): Words {
  const [one, other] = [node, twin].map(({ span }) => code(span.scope.name || 'a tracer without a name'));
  const isOneScope = one === other;
  return {
    message:
      node.span.name === twin.span.name
        ? `${named(node)} is there twice: ${relation(node, twin)} stands for the same work.`
        : `${named(node)} and ${relation(node, twin)}, ${named(twin)}, stand for the same work.`,
    hint: isOneScope
      ? `Both were made by ${one}: it is registered twice, or loaded in two versions. Keep one.`
      : `One was made by ${one}, the other by ${other}. Keep the one that comes for free.`,
    expected: '1',
    actual: '2 for the same work',
  };
}

function relation(node: SpanNode, twin: SpanNode): string {
  if (node.parent === twin) return 'the span around it';
  return twin.parent === node ? 'the span within it' : 'the one beside it';
}

function wrongCountWords({ shape, expected, nodes, parent }: Extract<StructureFact, { code: 'wrong-count' }>): Words {
  const surplus = nodes.length - expected.max;
  const { same, different } = statementsOf(nodes);
  const isRepeated = surplus >= LEAST_OF_AN_N_PLUS_1 && parent !== undefined && different === 1;
  const repeated = `: the same ${same === undefined ? 'work' : `statement ${code(same)}`} again and again, an N+1`;
  return {
    message: `${nodes.length} × ${wanted(shape)}${below(parent)}, expected ${describeCount(expected)}${isRepeated ? repeated : ''}.`,
    hint: isRepeated
      ? 'The same work runs once for every row of an earlier result. Do it for all rows at once.'
      : surplus > 0
        ? 'Something makes this span more often than the work is done.'
        : 'Some of the work makes no span, or its spans were lost.',
    expected: describeCount(expected),
    actual: String(nodes.length),
  };
}

function missingWords(shape: SpanShape, parent: SpanNode | undefined): Words {
  const kind = shape.kind ? `${shape.kind.toUpperCase()} span` : 'span';
  const place = parent ? below(parent) : ', as the root of a trace';
  return {
    message: parent ? `${wanted(shape)} is missing${place}.` : `${wanted(shape)} is missing: no trace begins with it.`,
    hint: `No ${kind} of that name arrived. Start it where the work begins, with just this name, and end it where the work ends.`,
    expected: `${wanted(shape)}${place}`,
    actual: 'nothing',
  };
}

/** Whether the span is the far end of a call or message, so that its context comes in a header and not in memory. */
function isOtherEnd({ kind }: SpanShape, { span }: SpanNode): boolean {
  return (kind === 'server' && span.kind === 'client') || (kind === 'consumer' && span.kind === 'producer');
}

const CONTEXT_HINT =
  'It began outside of any request, in no context. Keep `context.active()` where the work is handed over, and run the work by `context.with(saved, …)`.';
const PROPAGATION_HINT =
  'The context did not cross over: `propagation.inject(context.active(), headers)` where the call goes out, `propagation.extract(…)` where it comes in, and both with the same propagator (`traceparent`). A proxy or a list of allowed headers may drop it.';

/** The statement that all the spans run, or how many different ones. */
function statementsOf(nodes: readonly SpanNode[]): { readonly same: string | undefined; readonly different: number } {
  const texts = nodes.map(({ span }) => span.attributes['db.query.text'] ?? span.attributes['db.statement']);
  const statements = new Set(texts.map((text) => (typeof text === 'string' ? withoutValues(text) : undefined)));
  return { same: statements.size === 1 ? [...statements][0] : undefined, different: statements.size };
}

function withoutValues(statement: string): string {
  return statement
    .replace(/'[^']*'|\$\d+|\b\d+\b/g, '?')
    .replace(/\s+/g, ' ')
    .trim();
}

function short(node: SpanNode): string {
  return node.span.traceId.slice(0, 6);
}

/** With fewer, it is as likely a retry. */
const LEAST_OF_AN_N_PLUS_1 = 3;
