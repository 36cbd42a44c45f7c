import type { Fact } from '../match/fact.ts';
import { describePredicate, describeValue } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { AbsenceFact } from './fact-groups.ts';
import { below, code, named, type Words, wanted } from './phrases.ts';

/** The words for what is not there for a reason that lies outside of the trace. */
export function absenceWords(fact: AbsenceFact): Words {
  switch (fact.code) {
    case 'silent-service': {
      const service = describePredicate(fact.service);
      const heard = fact.heard.slice(0, MOST_HEARD).map(describeValue).join(', ');
      return {
        message: `The service ${service} sent no span at all: ${wanted(fact.shape)} is missing${below(fact.parent)}. Spans came from ${heard}.`,
        hint: 'In that process the SDK is not loaded, sends elsewhere, or was ended before it sent; or its `OTEL_SERVICE_NAME` is another. Each process needs an SDK of its own.',
        expected: `spans from ${service}`,
        actual: `spans from ${heard} only`,
      };
    }
    case 'partial-trace':
      return fact.node ? cutAbove(fact.node.span.service, fact) : cutBelow(fact);
    case 'not-instrumented':
      return fact.node && !fact.scope ? withoutRoute(fact.shape, fact.node.span.name) : withoutScope(fact);
  }
}

function cutAbove(service: string, { node, shape }: Partial<Extract<Fact, { code: 'partial-trace' }>>): Words {
  return {
    message: `The trace of ${node ? named(node) : 'a span'} begins in the middle: its parent is in another process than ${describeValue(service)}, and nothing came from there${shape ? ` (${wanted(shape)} was expected)` : ''}.`,
    hint: "Upstream the trace was sampled out, or it is not watched. Sample by the parent (`parentbased_…`) everywhere, so that one decision holds for the whole trace; a caller's own span is made known by `knownParents`.",
    expected: shape ? wanted(shape) : 'the whole trace',
    actual: 'the part below it',
  };
}

function cutBelow({ shape, parent }: Extract<Fact, { code: 'partial-trace' }>): Words {
  const service = shape?.service ? describePredicate(shape.service) : 'the other service';
  return {
    message: `${shape ? wanted(shape) : 'A span'} is missing${below(parent)}: in this trace nothing came from ${service}, in others it did.`,
    hint: `${service} decides by itself which traces to keep. Let it follow the caller's decision: \`OTEL_TRACES_SAMPLER=parentbased_always_on\`. If it crashed or was killed in between, its last spans are lost.`,
    expected: `spans from ${service} in every trace`,
    actual: 'in some',
  };
}

function withoutRoute(shape: SpanShape, name: string): Words {
  return {
    message: `${wanted(shape)} has only the method for a name, ${code(name)}: no framework told it the route.`,
    hint: 'The HTTP library is instrumented, the web framework is not: it was loaded before its hook, or its instrumentation is not registered. Start the SDK by `--import`, before anything else is imported.',
    expected: wanted(shape),
    actual: code(name),
  };
}

function withoutScope({ shape, parent, scope }: Extract<Fact, { code: 'not-instrumented' }>): Words {
  const library = scope ? describePredicate(scope) : 'its library';
  return {
    message: `${wanted(shape)} is missing${below(parent)}, and so is every span of ${library}.`,
    hint: 'The library was loaded before its hook, or its instrumentation is not registered. Start the SDK by `--import`, before anything else is imported; a bundler or an ES module needs its own hook.',
    expected: `spans of ${library}`,
    actual: 'none',
  };
}

const MOST_HEARD = 5;
