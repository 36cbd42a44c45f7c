import { optionsOf } from '../shape/describe-shape.ts';
import { NOTHING_BOUND } from '../shape/predicate.ts';
import type { Expected, SpanShape, TelemetryShape, TracesShape } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';
import { createClaims } from './claims.ts';
import { findCopies } from './copies.ts';
import { differenceFacts } from './difference-facts.ts';
import type { Fact, RepeatedFact } from './fact.ts';
import { foldFacts } from './fold-facts.ts';
import { judgeLeftovers } from './judge-leftovers.ts';
import { linkFacts } from './judge-links.ts';
import { logFacts } from './judge-logs.ts';
import { metricFacts } from './judge-metrics.ts';
import { orderFacts } from './judge-order.ts';
import { timingFacts } from './judge-timing.ts';
import { withOwnPlaces } from './own-places.ts';
import { pairGroup } from './pair-group.ts';
import { createPair } from './pair-span.ts';
import type { Pairing } from './pairing.ts';
import { type Received, toReceived } from './received.ts';
import { resolveShortages } from './resolve-shortages.ts';
import { createRoles } from './roles.ts';
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

/**
 * Compares what came with what is expected of it. No spans at all are a mistake whatever is expected of traces. Where a
 * shape speaks of logs or metrics, give telemetry: traces alone have none.
 * @example match(trace(server('GET /')), receiver.telemetry)
 */
export function match(expected: Expected | TelemetryShape, received: Received): MatchResult {
  const { traces: shape, logs, metrics } = toTelemetryShape(expected);
  const came = toReceived(received);
  const traces = came.traces.filter((trace) => !isIgnored(trace, shape ?? NOTHING));
  if (traces.length === 0 && shape) return nothingCame(shape);

  const copies = findCopies(traces);
  const hidden = new Set(copies.keys());
  const own = withOwnPlaces(shape ?? NOTHING);
  const lenses = own.traces.map((one): Lens => {
    const view = createView(one.through, hidden);
    return { shape: one, view, pair: createPair(view) };
  });
  const matches = matchTraces(lenses, traces);
  const claims = createClaims(matches, traces, { copies: hidden, only: own.only });
  resolveShortages(claims, lenses);
  if (shape) judgeLeftovers(claims, lenses, own);
  const roles = createRoles(claims);
  const facts = [
    ...claims.facts,
    ...copyFacts(copies, claims.meanings),
    ...differenceFacts(claims),
    ...linkFacts(claims, roles),
    ...orderFacts(claims),
    ...timingFacts(claims, roles),
    ...logFacts(claims, came.logs, logs),
    ...metricFacts(came.metrics, metrics),
  ];
  const pairings = new Map(claims.pairings.map(({ pairing }) => [pairing.node, pairing]));
  return { expected: own, traces, matches, meanings: claims.meanings, pairings, facts: foldFacts(facts, own) };
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
  const isThere = optionsOf(shape.root).some(
    ({ name }) => name.type === 'literal' && namesIn(top.trace).has(String(name.value)),
  );
  return isRenamed && isThere ? undefined : pairing;
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

function toTelemetryShape(expected: Expected | TelemetryShape): TelemetryShape {
  if (expected.type === 'telemetry') return expected;
  const traces = expected.type === 'traces' ? expected : { ...NOTHING, traces: [expected] };
  return { type: 'telemetry', traces, logs: [], metrics: [] };
}

const NOTHING: TracesShape = { type: 'traces', traces: [], only: false, ignore: [] };

function isIgnored(trace: Trace, shape: TracesShape): boolean {
  const tops = [...trace.roots, ...trace.orphans];
  return tops.every(({ span }) => shape.ignore.some((rule) => isSeenThrough(rule, span)));
}

function nothingCame(expected: TracesShape): MatchResult {
  const facts: readonly RepeatedFact[] = [{ fact: { code: 'no-spans' }, times: 1, nodes: [] }];
  return { expected, traces: [], matches: [], meanings: new Map(), pairings: new Map(), facts };
}
