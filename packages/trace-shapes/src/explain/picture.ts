import { durationMs } from '../match/compare-span.ts';
import type { Fact, RepeatedFact } from '../match/fact.ts';
import type { MatchResult } from '../match/match.ts';
import type { TraceMatch } from '../match/trace-match.ts';
import { createView } from '../match/view.ts';
import type { SpanNode } from '../trace/trace.ts';
import { createDrawing, type Drawing } from './draw-tree.ts';
import { explainedShare } from './explained-share.ts';
import type { Picture, PictureTree } from './finding.ts';
import { isShort } from './places.ts';

/**
 * Draws expected and emitted in one tree: the first trace that has a mistake, with the places where spans are missing,
 * then the spans that are elsewhere; or, when all is well, the longest trace.
 * @param known the paths of spans, as `pathsOf` gives them, that were there before; `undefined` marks none as new
 */
export function drawPicture(result: MatchResult, known: ReadonlySet<string> | undefined): Picture {
  const shown = chooseMatch(result);
  const draw = createDrawing(result, shown?.lens.view ?? createView([]), known);
  const missingRoots = result.facts.flatMap((fact) => ghostRoot(fact, draw));
  const main = shown ? [draw.tree(shown.pairing.node, undefined)] : [];
  const others = elsewhere(result, draw);
  const showsAny =
    shown !== undefined || others.length > 0 || missingRoots.some(({ root }) => root.children.length > 0);
  const instead = showsAny ? [] : cameInstead(result, draw);
  return {
    trees: [...missingRoots, ...main, ...others, ...instead],
    omittedTraces: result.matches.filter(({ lens, pairing }) => lens === shown?.lens && !draw.isDrawn(pairing.node))
      .length,
    explainedShare: shown && explainedShare(shown.pairing.node, shown.lens.view),
  };
}

/** The trace where a span is lacking, else one where a span is wrong, else the longest. */
function chooseMatch({ matches, facts }: MatchResult): TraceMatch | undefined {
  const concerned = new Set(facts.flatMap(({ fact }) => ('parent' in fact && fact.parent ? [fact.parent.trace] : [])));
  const touched = new Set(facts.flatMap(({ nodes }) => nodes.map((node) => node.trace)));
  const isIn = (traces: ReadonlySet<unknown>) => (match: TraceMatch) => traces.has(match.pairing.node.trace);
  const longest = matches.toSorted((a, b) => durationMs(b.pairing.node.span) - durationMs(a.pairing.node.span))[0];
  return matches.find(isIn(concerned)) ?? matches.find(isIn(touched)) ?? longest;
}

function ghostRoot(repeated: RepeatedFact, draw: Drawing): readonly PictureTree[] {
  const { fact } = repeated;
  const isRoot =
    (isAbsent(fact) && 'parent' in fact && fact.parent === undefined) ||
    (fact.code === 'wrong-count' && fact.parent === undefined && isShort(fact)) ||
    (fact.code === 'orphan-span' && fact.unfinished !== undefined && draw.isTraceRoot(fact.unfinished));
  return isRoot ? [{ title: undefined, root: draw.ghost(repeated) }] : [];
}

function isAbsent(fact: Fact): boolean {
  return fact.code === 'not-instrumented'
    ? !fact.node
    : fact.code === 'missing-span' ||
        fact.code === 'silent-service' ||
        (fact.code === 'partial-trace' && fact.shape !== undefined);
}

/** Spans that a finding speaks of and that no tree shows yet: one tree for the first of each finding. */
function elsewhere({ facts }: MatchResult, draw: Drawing): readonly PictureTree[] {
  return facts.flatMap(({ fact, nodes }) => {
    const [node] = nodes;
    if (!node || nodes.some(draw.isDrawn)) return [];
    const top = topOf(node);
    return [draw.isDrawn(top) ? draw.tree(someAbove(node), 'further down') : draw.tree(top, titleOf(fact.code))];
  });
}

function titleOf(code: string): string | undefined {
  if (code === 'lost-context') return 'in a trace of its own';
  if (code === 'orphan-span' || code === 'partial-trace') return 'without its parent';
  return code === 'mixed-requests' ? "in another request's trace" : undefined;
}

/** Where nothing that was looked for came, it helps to see what did. */
function cameInstead({ traces }: MatchResult, draw: Drawing): readonly PictureTree[] {
  return traces
    .flatMap(({ roots, orphans }) => [...roots, ...orphans])
    .slice(0, MOST_INSTEAD)
    .map((top) => draw.tree(top, 'came instead'));
}

function topOf(node: SpanNode): SpanNode {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}

function someAbove(node: SpanNode): SpanNode {
  return node.parent?.parent ?? node.parent ?? node;
}

const MOST_INSTEAD = 3;
