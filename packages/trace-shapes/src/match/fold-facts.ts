import { describePredicate } from '../shape/predicate.ts';
import type { SpanShape, TracesShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { type Fact, type RepeatedFact, SHAPE_CODES } from './fact.ts';

/** Makes one of every mistake that was made in many places, and puts them in the order in which to mend them. */
export function foldFacts(facts: readonly Fact[], expected: TracesShape): readonly RepeatedFact[] {
  const ranks = rankShapes(expected);
  const groups = Map.groupBy(withoutFollowOns(facts), keyOf);
  return [...groups.values()].map(toRepeated).toSorted((a, b) => compare(a.fact, b.fact, ranks));

  function keyOf(fact: Fact): string {
    const key = 'key' in fact ? fact.key : '';
    const value = fact.code === 'wrong-attribute' ? describePredicate(fact.expected) : '';
    return [fact.code, causeOf(fact), key, value].join('\n');
  }

  /** A resource, a tracer's name or an exporter is wrong once, however many spans show it. */
  function causeOf(fact: Fact): string {
    if (fact.code === 'wrong-service') return `${describePredicate(fact.expected)} ${fact.node.span.service}`;
    if (fact.code === 'wrong-scope') return `${describePredicate(fact.expected)} ${fact.node.span.scope.name}`;
    if (fact.code === 'silent-service') return `service ${describePredicate(fact.service)}`;
    if (fact.code === 'not-instrumented' && fact.scope) return `scope ${describePredicate(fact.scope)}`;
    if ('on' in fact && fact.on === 'resource') return `resource ${fact.node.span.service}`;
    if ('log' in fact) return `log ${describePredicate(fact.log.body)} ${fact.shape && ranks.get(fact.shape)}`;
    if ('metric' in fact) return `metric ${fact.metric.name}`;
    if (fact.code === 'duplicate-span' && fact.exportedTwice) return 'exported twice';
    const shape = fact.code === 'orphan-span' ? (fact.unfinished ?? fact.shape) : shapeOf(fact);
    return shape === undefined ? `name ${nodesOf(fact)[0]?.span.name}` : `shape ${ranks.get(shape)}`;
  }
}

/**
 * Leaves out what hangs below the wrong parent only because of another mistake: where one request's context serves for
 * all, its own span beside the others'; and what is below the second of two spans for the same work. A span that lost its
 * context has nothing of what travels with it, and of two spans for one request only one is told of it.
 */
function withoutFollowOns(facts: readonly Fact[]): readonly Fact[] {
  const mixed = new Map(
    facts.flatMap((fact) => (fact.code === 'mixed-requests' ? [[fact.node.parent, fact.shape] as const] : [])),
  );
  const twins = new Map(
    facts.flatMap((fact) => (fact.code === 'duplicate-span' ? [[fact.node, fact.of] as const] : [])),
  );
  const untold = new Set(
    facts.flatMap((fact) => {
      if (fact.code === 'lost-context') return [fact.node];
      return fact.code === 'duplicate-span' ? [fact.of] : [];
    }),
  );
  return facts.filter((fact) => {
    if (fact.code === 'missing-attribute') return fact.expected.type !== 'same' || !untold.has(fact.node);
    if (fact.code !== 'wrong-parent' || !fact.node.parent) return true;
    const isBesideMixed = mixed.get(fact.node.parent) === fact.shape;
    return !isBesideMixed && (fact.parent === undefined || twins.get(fact.node.parent) !== fact.parent);
  });
}

function toRepeated(facts: readonly [Fact, ...Fact[]] | readonly Fact[]): RepeatedFact {
  return { fact: facts[0] as Fact, times: facts.length, nodes: facts.flatMap(nodesOf) };
}

function compare(a: Fact, b: Fact, ranks: ReadonlyMap<SpanShape, number>): number {
  const byCode = SHAPE_CODES.indexOf(a.code) - SHAPE_CODES.indexOf(b.code);
  const rank = (fact: Fact) => ranks.get(shapeOf(fact) as SpanShape) ?? Number.MAX_SAFE_INTEGER;
  return byCode || rank(a) - rank(b);
}

/** The spans that a mistake was found on. */
export function nodesOf(fact: Fact): readonly SpanNode[] {
  if ('nodes' in fact) return fact.nodes;
  return 'node' in fact ? [fact.node] : [];
}

/** The shape that a mistake was made against. */
export function shapeOf(fact: Fact): SpanShape | undefined {
  return 'shape' in fact ? fact.shape : undefined;
}

/** Shapes that stand at the same place of several trace shapes share a rank: a mistake there is one and the same. */
function rankShapes(expected: TracesShape): ReadonlyMap<SpanShape, number> {
  const ranks = new Map<SpanShape, number>();
  const rankOfPlace = new Map<string, number>();
  for (const { root } of expected.traces) {
    const taken = new Map<string, number>();
    const visit = (shape: SpanShape, above: string) => {
      const name = `${above}/${shape.kind} ${describePredicate(shape.name)}`;
      taken.set(name, (taken.get(name) ?? 0) + 1);
      const place = `${name}#${taken.get(name)}`;
      const rank = rankOfPlace.get(place) ?? rankOfPlace.size;
      rankOfPlace.set(place, rank);
      if (!ranks.has(shape)) ranks.set(shape, rank);
      for (const child of shape.children) visit(child, name);
    };
    visit(root, '');
  }
  return ranks;
}
