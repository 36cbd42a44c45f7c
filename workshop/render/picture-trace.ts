import {
  createView,
  durationMs,
  explainedShare,
  type Picture,
  type PictureNode,
  type PictureTree,
  type SpanNode,
  type Trace,
} from 'trace-shapes';
import { maskText } from '../telemetry/mask-secrets.ts';
import { toMs } from '../telemetry/run-times.ts';

/** How much of a trace is drawn. */
export type PictureTraceOptions = {
  /** Span ids that were shown before: all others are marked as new. */
  readonly known?: ReadonlySet<string> | undefined;
  /** How many rows at most; 500 unless said otherwise. */
  readonly most?: number;
  /** Of siblings with one name and no children, this many are drawn; all unless said otherwise. */
  readonly alike?: number;
};

/** Draws one trace as it came: its trees, and what lacks a parent beside them. */
export function pictureTrace(trace: Trace, options: PictureTraceOptions = {}): Picture {
  const { known, most = 500, alike = Number.POSITIVE_INFINITY } = options;
  const top = trace.roots[0];
  const pen: Pen = { known, alike, left: most, ...(top ? extentOf([top]) : extentOf(trace.nodes)) };
  const tree = (root: SpanNode, title: string | undefined): PictureTree => ({ title, root: draw(root, pen) });
  return {
    trees: [
      ...trace.roots.map((root, i) => tree(root, i === 0 ? undefined : 'a second root')),
      ...trace.orphans.map((orphan) => tree(orphan, 'without its parent, which never came')),
    ],
    omittedTraces: 0,
    explainedShare: top && explainedShare(top, createView([])),
  };
}

type Pen = {
  readonly known: ReadonlySet<string> | undefined;
  readonly alike: number;
  readonly startMs: number;
  readonly lengthMs: number;
  left: number;
};

function draw(node: SpanNode, pen: Pen): PictureNode {
  pen.left--;
  const folded = fold(node.children, pen.alike);
  const children: PictureNode[] = [];
  let omitted = 0;
  for (const { child, repeated } of folded) {
    if (pen.left > 0) children.push({ ...draw(child, pen), repeated });
    else omitted += 1 + repeated;
  }
  return {
    name: maskText(node.span.name),
    kind: node.span.kind,
    service: maskText(node.span.service),
    mark: markOf(node, pen),
    notes: [],
    time: timeOf(node, pen),
    repeated: 0,
    omitted,
    children,
  };
}

/** A row of queries of one kind is a staircase after three steps; a hundred more say nothing new. */
function fold(children: readonly SpanNode[], alike: number) {
  const drawn: { readonly child: SpanNode; repeated: number }[] = [];
  for (const child of children) {
    const like = drawn.filter((one) => isLike(one.child, child));
    const last = like.at(-1);
    if (last && like.length >= alike) last.repeated++;
    else drawn.push({ child, repeated: 0 });
  }
  return drawn;
}

function isLike(one: SpanNode, other: SpanNode): boolean {
  return one.span.name === other.span.name && one.children.length === 0 && other.children.length === 0;
}

function markOf({ span }: SpanNode, { known }: Pen): PictureNode['mark'] {
  if (known && !known.has(span.spanId)) return 'new';
  return span.status.code === 'error' ? 'wrong' : 'plain';
}

function extentOf(nodes: readonly SpanNode[]): Pick<Pen, 'startMs' | 'lengthMs'> {
  const startMs = Math.min(...nodes.map(({ span }) => toMs(span.startUnixNano)));
  const endMs = Math.max(...nodes.map(({ span }) => toMs(span.endUnixNano)));
  return { startMs, lengthMs: Math.max(endMs - startMs, 0.001) };
}

function timeOf({ span }: SpanNode, { startMs, lengthMs }: Pen): PictureNode['time'] {
  const share = (at: bigint) => Math.min(Math.max((toMs(at) - startMs) / lengthMs, 0), 1);
  return { durationMs: durationMs(span), from: share(span.startUnixNano), to: share(span.endUnixNano) };
}
