import type { Span } from '../otlp/telemetry.ts';
import { breakCycles, NO_PARENT } from './break-cycles.ts';
import type { SpanNode, Trace } from './trace.ts';

export interface BuildTracesOptions {
  /** Span ids outside of what is watched, such as the test's own span: their children are roots, not orphans. */
  readonly knownParents?: ReadonlySet<string> | undefined;
}

/**
 * Groups spans into traces and links each trace into trees; the earliest trace comes first.
 * Whatever arrives is tolerated: of spans with one id the earliest takes the children, and a cycle of parents is broken
 * at the span that starts first, which becomes an orphan. Takes near linear time and any depth.
 */
export function buildTraces(spans: readonly Span[], { knownParents = NONE }: BuildTracesOptions = {}): Trace[] {
  return [...groupByTrace(spans)]
    .map(([traceId, members]) => buildTrace(traceId, members, knownParents))
    .sort((a, b) => byStart(a.nodes[0], b.nodes[0]));
}

interface DraftNode extends SpanNode {
  parent: DraftNode | undefined;
  readonly children: SpanNode[];
}

function groupByTrace(spans: readonly Span[]): Map<string, Span[]> {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const group = groups.get(span.traceId);
    if (group === undefined) groups.set(span.traceId, [span]);
    else group.push(span);
  }
  return groups;
}

function buildTrace(traceId: string, spans: Span[], knownParents: ReadonlySet<string>): Trace {
  const roots: SpanNode[] = [];
  const orphans: SpanNode[] = [];
  const nodes: DraftNode[] = [];
  const trace: Trace = { traceId, roots, orphans, nodes };
  // Sorted once here, the nodes reach their parents' children in order.
  for (const span of spans.sort(inReadingOrder)) nodes.push({ span, trace, parent: undefined, children: [] });
  const parents = findParents(spans);
  nodes.forEach((node, index) => {
    const { parentSpanId } = node.span;
    node.parent = nodes[parents[index] ?? NO_PARENT];
    if (node.parent !== undefined) node.parent.children.push(node);
    else if (parentSpanId === undefined || knownParents.has(parentSpanId)) roots.push(node);
    else orphans.push(node);
  });
  return trace;
}

/** The index of each span's parent, without cycles. */
function findParents(spans: readonly Span[]): Int32Array {
  const indexOf = new Map<string, number>();
  spans.forEach(({ spanId }, index) => {
    if (!indexOf.has(spanId)) indexOf.set(spanId, index);
  });
  const parents = new Int32Array(spans.length).fill(NO_PARENT);
  spans.forEach(({ parentSpanId }, index) => {
    if (parentSpanId !== undefined) parents[index] = indexOf.get(parentSpanId) ?? NO_PARENT;
  });
  breakCycles(parents);
  return parents;
}

function inReadingOrder(a: Span, b: Span): number {
  if (a.startUnixNano !== b.startUnixNano) return a.startUnixNano < b.startUnixNano ? -1 : 1;
  if (a.endUnixNano !== b.endUnixNano) return a.endUnixNano < b.endUnixNano ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byStart(a: SpanNode | undefined, b: SpanNode | undefined): number {
  return a === undefined || b === undefined ? 0 : inReadingOrder(a.span, b.span);
}

const NONE: ReadonlySet<string> = new Set();
