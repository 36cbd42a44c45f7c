import { durationMs } from '../match/compare-span.ts';
import type { RepeatedFact } from '../match/fact.ts';
import { shapeOf } from '../match/fold-facts.ts';
import type { MatchResult } from '../match/match.ts';
import type { View } from '../match/view.ts';
import { nameOf } from '../shape/describe-shape.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { choose } from './choose-children.ts';
import type { Mark, PictureNode, PictureTree } from './finding.ts';
import { MOST_DEPTH, pathOf } from './paths.ts';
import { createPlaces } from './places.ts';

/** Draws trees, and remembers what they show. */
export interface Drawing {
  tree(root: SpanNode, title: string | undefined): PictureTree;
  /** The place of the span that a finding misses, with the orphans that it left behind. */
  ghost(fact: RepeatedFact): PictureNode;
  isDrawn(node: SpanNode): boolean;
  isTraceRoot(shape: SpanShape): boolean;
}

/** Starts a drawing of a comparison, seen as one trace shape sees it. */
export function createDrawing(result: MatchResult, view: View, known: ReadonlySet<string> | undefined): Drawing {
  const places = createPlaces(result.facts);
  const drawn = new Set<SpanNode>();
  return {
    isDrawn: (node) => drawn.has(node),
    isTraceRoot: (shape) => result.expected.traces.some(({ root }) => root === shape),
    ghost(repeated) {
      const shape = missedBy(repeated);
      return toGhost(shape, undefined, shape.count.min === 1 ? 1 : Math.max(shortOf(repeated), 1));
    },
    tree: (root, title) => ({ title, root: toNode(root, '', { scale: scaleOf(root), depth: 1, budget: newBudget() }) }),
  };

  function toNode(node: SpanNode, above: string, place: Place): PictureNode {
    drawn.add(node);
    const path = pathOf(node, above);
    const { shown, omitted } = choose(place.depth < MOST_DEPTH ? view.childrenOf(node) : [], places, place.budget);
    const children = shown.map(({ child, repeated }) => ({
      ...toNode(child, path, { ...place, depth: place.depth + 1 }),
      repeated,
    }));
    const missing = (result.pairings.get(node)?.missing ?? []).filter(
      ({ shape }) => places.ghostNotesOf(shape).length > 0,
    );
    return {
      name: node.span.name,
      kind: node.span.kind,
      service: node.span.service,
      mark: markOf(node, path),
      notes: places.notesOf(node),
      time: timeOf(node, place.scale),
      repeated: 0,
      omitted: place.depth < MOST_DEPTH ? omitted : view.childrenOf(node).length,
      children: [...children, ...missing.map(({ shape, short }) => toGhost(shape, node, short))],
    };
  }

  function markOf(node: SpanNode, path: string): Mark {
    if (places.notesOf(node).length > 0) return 'wrong';
    if (known && !known.has(path)) return 'new';
    return result.meanings.has(node) ? 'matched' : 'plain';
  }

  function toGhost(shape: SpanShape, parent: SpanNode | undefined, short: number): PictureNode {
    const notes = places.ghostNotesOf(shape);
    const facts = notes.flatMap((note) => result.facts[note - 1] ?? []);
    return {
      name: nameOf(shape),
      kind: shape.kind,
      service: serviceOf(shape, facts, parent),
      mark: 'expected',
      notes,
      time: undefined,
      repeated: Math.max(short - 1, 0),
      omitted: 0,
      children: facts.flatMap((fact) => leftBehind(fact, parent)),
    };
  }

  /** A span that never came still has its children: they name it as their parent. */
  function leftBehind({ fact }: RepeatedFact, parent: SpanNode | undefined): readonly PictureNode[] {
    if (fact.code !== 'orphan-span' || fact.unfinished === undefined || fact.node.parent) return [];
    const { trace, span } = fact.node;
    if (parent && parent.trace !== trace) return [];
    const orphans = trace.orphans.filter(
      (orphan) => orphan.span.parentSpanId === span.parentSpanId && view.isVisible(orphan) && !drawn.has(orphan),
    );
    const scale = scaleOf(parent ?? fact.node);
    return orphans
      .slice(0, MOST_LEFT_BEHIND)
      .map((orphan) => toNode(orphan, '', { scale, depth: 2, budget: newBudget() }));
  }
}

interface Place {
  readonly scale: Scale;
  readonly depth: number;
  readonly budget: { left: number };
}

interface Scale {
  readonly start: bigint;
  readonly length: number;
}

function newBudget(): Place['budget'] {
  return { left: MOST_NODES };
}

function missedBy({ fact }: RepeatedFact): SpanShape {
  return (fact.code === 'orphan-span' ? fact.unfinished : shapeOf(fact)) as SpanShape;
}

function shortOf({ fact }: RepeatedFact): number {
  return fact.code === 'wrong-count' ? fact.expected.min - fact.nodes.length : 1;
}

/** The service that is asked for, or that the span has where it is, or, for what does not cross services, its parent's. */
function serviceOf(shape: SpanShape, facts: readonly RepeatedFact[], parent: SpanNode | undefined): string | undefined {
  if (shape.service?.type === 'literal') return String(shape.service.value);
  const found = facts.flatMap(({ fact }) => ('node' in fact && fact.code !== 'orphan-span' ? [fact.node] : []))[0];
  const crosses = shape.kind === 'server' || shape.kind === 'consumer';
  return found?.span.service ?? (crosses ? undefined : parent?.span.service);
}

function scaleOf({ span }: SpanNode): Scale {
  return { start: span.startUnixNano, length: Math.max(Number(span.endUnixNano - span.startUnixNano), 1) };
}

function timeOf({ span }: SpanNode, { start, length }: Scale): PictureNode['time'] {
  const share = (at: bigint) => Math.min(Math.max(Number(at - start) / length, 0), 1);
  return { durationMs: durationMs(span), from: share(span.startUnixNano), to: share(span.endUnixNano) };
}

/** Spans of one tree that are drawn, beside those that a finding needs. */
const MOST_NODES = 120;
const MOST_LEFT_BEHIND = 8;
