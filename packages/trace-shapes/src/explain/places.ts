import type { Fact, RepeatedFact } from '../match/fact.ts';
import { shapeOf } from '../match/fold-facts.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';

/** Where in a picture the findings belong. */
export interface Places {
  /** The numbers of the findings that speak of a span that came. */
  notesOf(node: SpanNode): readonly number[];
  /** The numbers of the findings that speak of a span that did not come, or not here. */
  ghostNotesOf(shape: SpanShape): readonly number[];
  /** Whether a span, or one below it, must be drawn for a finding to have a place. */
  isNeeded(node: SpanNode): boolean;
}

/** Finds the places of all findings, which are numbered from 1. */
export function createPlaces(facts: readonly RepeatedFact[]): Places {
  const notes = new Map<SpanNode, number[]>();
  const needed = new Set<SpanNode>();
  facts.forEach(({ fact, nodes }, i) => {
    if (!isShort(fact)) for (const node of nodes) notes.set(node, [...(notes.get(node) ?? []), i + 1]);
    const places = [...(fact.code === 'wrong-count' ? [] : nodes.slice(0, MOST_PLACES)), parentOf(fact)];
    for (const place of places) {
      for (let at = place; at !== undefined && !needed.has(at); at = at.parent) needed.add(at);
    }
  });
  return {
    notesOf: (node) => notes.get(node) ?? [],
    ghostNotesOf: (shape) => facts.flatMap(({ fact }, i) => (isGhostOf(fact, shape) ? [i + 1] : [])),
    isNeeded: (node) => needed.has(node),
  };
}

/** Whether a count is wrong because too few came. */
export function isShort(fact: Fact): boolean {
  return fact.code === 'wrong-count' && fact.nodes.length < fact.expected.min;
}

/** Whether a finding leaves the place empty where a span of the shape should be. */
function isGhostOf(fact: Fact, shape: SpanShape): boolean {
  switch (fact.code) {
    case 'orphan-span':
      return (fact.unfinished ?? fact.shape) === shape;
    case 'missing-span':
    case 'lost-context':
    case 'mixed-requests':
    case 'wrong-parent':
    case 'silent-service':
    case 'partial-trace':
      return fact.shape === shape;
    case 'not-instrumented':
      return !fact.node && fact.shape === shape;
    default:
      return isShort(fact) && shapeOf(fact) === shape;
  }
}

function parentOf(fact: Fact): SpanNode | undefined {
  return 'parent' in fact ? fact.parent : undefined;
}

/** Of a mistake that was made in many places, so many are drawn whatever else is left out. */
const MOST_PLACES = 3;
