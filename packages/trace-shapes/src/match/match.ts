import type { Bindings } from '../shape/predicate.ts';
import type { Expected, SpanShape, TracesShape } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';
import { createClaims } from './claims.ts';
import { findCopies } from './copies.ts';
import { differenceFacts } from './difference-facts.ts';
import type { Fact, RepeatedFact } from './fact.ts';
import { foldFacts } from './fold-facts.ts';
import { judgeLeftovers } from './judge-leftovers.ts';
import { pairGroup } from './pair-group.ts';
import { createPair } from './pair-span.ts';
import type { Pairing } from './pairing.ts';
import { resolveShortages } from './resolve-shortages.ts';
import type { Lens, TraceMatch } from './trace-match.ts';
import { createView, isSeenThrough } from './view.ts';

/** Everything that a comparison found out, without words. */
export interface MatchResult {
  readonly expected: TracesShape;
  readonly traces: readonly Trace[];
  readonly matches: readonly TraceMatch[];
  /** What each span was taken for, those in the wrong place included. */
  readonly meanings: ReadonlyMap<SpanNode, SpanShape>;
  /** How each of those spans compares with what it was taken for. */
  readonly pairings: ReadonlyMap<SpanNode, Pairing>;
  readonly facts: readonly RepeatedFact[];
}

/** Compares traces with what is expected of them. No spans at all are a mistake whatever is expected. */
export function match(expected: Expected, received: readonly Trace[]): MatchResult {
  const shape = toTraces(expected);
  const traces = received.filter((trace) => !isIgnored(trace, shape));
  if (traces.length === 0) return nothingCame(shape);

  const copies = findCopies(traces);
  const hidden = new Set(copies.keys());
  const lenses = shape.traces.map((one): Lens => {
    const view = createView(one.through, hidden);
    return { shape: one, view, pair: createPair(view) };
  });
  const matches = matchTraces(lenses, traces);
  const claims = createClaims(matches, traces, hidden);
  resolveShortages(claims, lenses);
  judgeLeftovers(claims, lenses, shape);
  const facts = [...claims.facts, ...copyFacts(copies, claims.meanings), ...differenceFacts(claims)];
  const pairings = new Map(claims.pairings.map(({ pairing }) => [pairing.node, pairing]));
  return { expected: shape, traces, matches, meanings: claims.meanings, pairings, facts: foldFacts(facts, shape) };
}

function matchTraces(lenses: readonly Lens[], traces: readonly Trace[]): readonly TraceMatch[] {
  const wanted = lenses.filter(({ shape }) => shape.count.max > 0);
  const tops = [...new Set(wanted.flatMap(({ view }) => traces.flatMap((trace) => view.topsOf(trace))))];
  const namesIn = rememberNames();
  const groups = pairGroup(
    wanted.map(({ shape }) => shape.count),
    tops,
    (index, top) => pairRoot(wanted[index] as Lens, top, namesIn),
  );
  return groups.flatMap((pairings, index) => pairings.map((pairing) => ({ lens: wanted[index] as Lens, pairing })));
}

/** A root with another name is not the one that was meant where a span within has the name: that one is misplaced. */
function pairRoot({ shape, pair }: Lens, top: SpanNode, namesIn: (trace: Trace) => ReadonlySet<string>) {
  const pairing = pair(shape.root, top, NOTHING_BOUND);
  const isRenamed = pairing?.differences.some(({ aspect }) => aspect === 'name');
  const { name } = shape.root;
  return isRenamed && name.type === 'literal' && namesIn(top.trace).has(String(name.value)) ? undefined : pairing;
}

function rememberNames(): (trace: Trace) => ReadonlySet<string> {
  const names = new Map<Trace, ReadonlySet<string>>();
  return (trace) => {
    const known = names.get(trace) ?? new Set(trace.nodes.map(({ span }) => span.name));
    names.set(trace, known);
    return known;
  };
}

function copyFacts(
  copies: ReadonlyMap<SpanNode, SpanNode>,
  meanings: ReadonlyMap<SpanNode, SpanShape>,
): readonly Fact[] {
  return [...copies].map(([of, node]) => ({
    code: 'duplicate-span',
    shape: meanings.get(node),
    node,
    of,
    exportedTwice: true,
  }));
}

function toTraces(expected: Expected): TracesShape {
  return expected.type === 'traces' ? expected : { type: 'traces', traces: [expected], only: false, ignore: [] };
}

function isIgnored(trace: Trace, shape: TracesShape): boolean {
  const tops = [...trace.roots, ...trace.orphans];
  return tops.every(({ span }) => shape.ignore.some((rule) => isSeenThrough(rule, span)));
}

function nothingCame(expected: TracesShape): MatchResult {
  const facts: readonly RepeatedFact[] = [{ fact: { code: 'no-spans' }, times: 1, nodes: [] }];
  return { expected, traces: [], matches: [], meanings: new Map(), pairings: new Map(), facts };
}

const NOTHING_BOUND: Bindings = new Map();
