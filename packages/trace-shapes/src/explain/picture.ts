import { durationMs } from '../match/compare-span.ts';
import type { RepeatedFact } from '../match/fact.ts';
import { shapeOf } from '../match/fold-facts.ts';
import type { MatchResult } from '../match/match.ts';
import type { Pairing, Shortage } from '../match/pairing.ts';
import type { TraceMatch } from '../match/trace-match.ts';
import { createView, type View } from '../match/view.ts';
import { nameOf } from '../shape/describe-shape.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { explainedShare } from './explained-share.ts';
import type { Mark, Picture, PictureNode, PictureTree } from './finding.ts';

/** Siblings of one name beyond so many are told as a number, unless a finding speaks of them. */
const MOST_ALIKE = 8;

/**
 * Draws expected and emitted in one tree: the first trace that has a mistake, with the places where spans are missing,
 * then the spans that are elsewhere; or, when all is well, the longest trace.
 * @param known the paths of spans, as `pathsOf` gives them, that were there before; `undefined` marks none as new
 */
export function drawPicture(result: MatchResult, known: ReadonlySet<string> | undefined): Picture {
  const shown = chooseMatch(result);
  const draw = createDrawing(result, shown?.lens.view ?? createView([]), known);
  const main = shown && draw.tree(shown.pairing.node, undefined, shown);
  const missingRoots = result.facts.flatMap(({ fact }) =>
    fact.code === 'missing-span' && fact.parent === undefined
      ? [{ title: undefined, root: draw.ghost(fact.shape) }]
      : [],
  );
  const trees = [...missingRoots, ...(main ? [main] : []), ...elsewhere(result, shown, draw)];
  return {
    trees,
    omittedTraces: shown ? result.matches.filter(({ lens }) => lens === shown.lens).length - 1 : 0,
    explainedShare: shown && explainedShare(shown.pairing.node, shown.lens.view),
  };
}

/** The spans of the traces that were looked for, each named by those above it: what `drawPicture` calls known. */
export function pathsOf(result: MatchResult): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { lens, pairing } of result.matches) {
    const visit = (node: SpanNode, above: string) => {
      const path = `${above}/${node.span.service}:${node.span.name}`;
      paths.add(path);
      for (const child of lens.view.childrenOf(node)) visit(child, path);
    };
    visit(pairing.node, '');
  }
  return paths;
}

function chooseMatch({ matches, facts }: MatchResult): TraceMatch | undefined {
  const concerned = new Set(facts.flatMap(({ fact }) => ('parent' in fact && fact.parent ? [fact.parent.trace] : [])));
  const touched = new Set(facts.flatMap(({ nodes }) => nodes.map((node) => node.trace)));
  const isIn = (traces: ReadonlySet<unknown>) => (match: TraceMatch) => traces.has(match.pairing.node.trace);
  const longest = matches.toSorted((a, b) => durationMs(b.pairing.node.span) - durationMs(a.pairing.node.span))[0];
  return matches.find(isIn(concerned)) ?? matches.find(isIn(touched)) ?? longest;
}

/** Spans that a finding speaks of and that the shown tree does not hold: one tree for the first of each finding. */
function elsewhere(result: MatchResult, shown: TraceMatch | undefined, draw: Drawing): readonly PictureTree[] {
  const drawn = new Set<SpanNode>(shown ? [shown.pairing.node] : []);
  return result.facts.flatMap(({ fact, nodes }) => {
    const [node] = nodes;
    const top = node && topOf(node);
    if (!node || !top || drawn.has(top)) return [];
    drawn.add(top);
    return [draw.tree(top, fact.code === 'lost-context' ? 'in a trace of its own' : titleOf(fact.code), undefined)];
  });
}

function titleOf(code: string): string | undefined {
  if (code === 'orphan-span') return 'without its parent';
  return code === 'mixed-requests' ? "in another request's trace" : undefined;
}

interface Drawing {
  tree(root: SpanNode, title: string | undefined, match: TraceMatch | undefined): PictureTree;
  ghost(shape: SpanShape): PictureNode;
}

function createDrawing(result: MatchResult, view: View, known: ReadonlySet<string> | undefined): Drawing {
  const numbers = result.facts.map((fact, i) => [fact, i + 1] as const);
  const notesOfNode = (node: SpanNode) =>
    numbers.flatMap(([{ nodes }, number]) => (nodes.includes(node) ? [number] : []));
  const isWrong = (node: SpanNode) => result.facts.some(({ nodes }) => nodes.includes(node));

  return { tree, ghost: (shape) => toGhost(shape, undefined) };

  function tree(root: SpanNode, title: string | undefined, match: TraceMatch | undefined): PictureTree {
    const span = {
      start: root.span.startUnixNano,
      length: Math.max(Number(root.span.endUnixNano - root.span.startUnixNano), 1),
    };
    return { title, root: toNode(root, '', span, match?.pairing) };
  }

  function toNode(node: SpanNode, above: string, scale: Scale, pairing: Pairing | undefined): PictureNode {
    const path = `${above}/${node.span.service}:${node.span.name}`;
    const missing = (pairing?.missing ?? []).filter(({ shape }) => !isFoundAround(shape, node));
    const children = limitAlike(view.childrenOf(node)).map(({ child, repeated }) => ({
      ...toNode(
        child,
        path,
        scale,
        pairing?.children.find((below) => below.node === child),
      ),
      repeated,
    }));
    return {
      name: node.span.name,
      kind: node.span.kind,
      service: node.span.service,
      mark: markOf(node, path),
      notes: notesOfNode(node),
      time: timeOf(node, scale),
      repeated: 0,
      children: [...children, ...missing.map((shortage) => toGhost(shortage.shape, shortage))],
    };
  }

  function markOf(node: SpanNode, path: string): Mark {
    if (isWrong(node)) return 'wrong';
    if (known && !known.has(path)) return 'new';
    return result.meanings.has(node) ? 'matched' : 'plain';
  }

  /** A missing span that was found right here, say below a sibling, is marked there; it still gets its ghost. */
  function isFoundAround(shape: SpanShape, parent: SpanNode): boolean {
    return result.facts.some(
      ({ fact }) => fact.code === 'wrong-count' && fact.shape === shape && fact.parent === parent,
    );
  }

  function toGhost(shape: SpanShape, shortage: Shortage | undefined): PictureNode {
    const notes = numbers.flatMap(([fact, number]) => (speaksOf(fact, shape) ? [number] : []));
    return {
      name: nameOf(shape),
      kind: shape.kind,
      service: shape.service?.type === 'literal' ? String(shape.service.value) : undefined,
      mark: 'expected',
      notes,
      time: undefined,
      repeated: Math.max((shortage?.short ?? 1) - 1, 0),
      children: [],
    };
  }

  function limitAlike(nodes: readonly SpanNode[]): readonly { child: SpanNode; repeated: number }[] {
    const groups = Map.groupBy(nodes, ({ span }) => span.name);
    const isShown = (node: SpanNode) => {
      const group = groups.get(node.span.name) ?? [];
      return group.length <= MOST_ALIKE || group.indexOf(node) < MOST_ALIKE;
    };
    return nodes.filter(isShown).map((child) => {
      const group = groups.get(child.span.name) ?? [];
      return { child, repeated: group.indexOf(child) === MOST_ALIKE - 1 ? group.length - MOST_ALIKE : 0 };
    });
  }
}

interface Scale {
  readonly start: bigint;
  readonly length: number;
}

function timeOf({ span }: SpanNode, { start, length }: Scale): PictureNode['time'] {
  const share = (at: bigint) => Math.min(Math.max(Number(at - start) / length, 0), 1);
  return { durationMs: durationMs(span), from: share(span.startUnixNano), to: share(span.endUnixNano) };
}

function speaksOf({ fact }: RepeatedFact, shape: SpanShape): boolean {
  return shapeOf(fact) === shape || (fact.code === 'orphan-span' && fact.unfinished === shape);
}

function topOf(node: SpanNode): SpanNode {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}
