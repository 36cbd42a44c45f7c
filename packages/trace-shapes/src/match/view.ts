import type { Span } from '../otlp/telemetry.ts';
import type { SeeThrough } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';

/** A trace as a shape sees it: without the spans that are seen through. */
export interface View {
  /** The roots and orphans that are visible, or the visible spans nearest below one that is not. */
  topsOf(trace: Trace): readonly SpanNode[];
  childrenOf(node: SpanNode): readonly SpanNode[];
  /** All visible spans below a node, in reading order. */
  descendantsOf(node: SpanNode): Iterable<SpanNode>;
  /** The nearest visible ancestor. */
  parentOf(node: SpanNode): SpanNode | undefined;
  isVisible(node: SpanNode): boolean;
}

/** Makes the view for what a shape sees through; the hidden spans are not seen at all. */
export function createView(through: readonly SeeThrough[], hidden: ReadonlySet<SpanNode> = NONE): View {
  if (through.length === 0 && hidden.size === 0) return PLAIN_VIEW;
  const children = new WeakMap<SpanNode, readonly SpanNode[]>();
  const isVisible = (node: SpanNode) => !hidden.has(node) && !through.some((one) => isSeenThrough(one, node.span));
  const visible = (nodes: readonly SpanNode[]) => {
    const found: SpanNode[] = [];
    const pending = nodes.toReversed();
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (isVisible(node)) found.push(node);
      else for (const child of node.children.toReversed()) pending.push(child);
    }
    return found;
  };
  const view: View = {
    isVisible,
    topsOf: (trace) => visible([...trace.roots, ...trace.orphans]),
    childrenOf(node) {
      const known = children.get(node) ?? visible(node.children);
      children.set(node, known);
      return known;
    },
    descendantsOf: (node) => walk(node, view),
    parentOf(node) {
      let parent = node.parent;
      while (parent && !isVisible(parent)) parent = parent.parent;
      return parent;
    },
  };
  return view;
}

/** Whether one of the rules makes this span see-through, or leaves it out of account. */
export function isSeenThrough(rule: SeeThrough, span: Span): boolean {
  return (
    (rule.scope === undefined || accepts(rule.scope, span.scope.name)) &&
    (rule.name === undefined || accepts(rule.name, span.name)) &&
    (rule.kind === undefined || rule.kind === span.kind)
  );
}

function accepts(rule: string | RegExp, text: string): boolean {
  return typeof rule === 'string' ? rule === text : rule.test(text);
}

function* walk(node: SpanNode, view: View): Generator<SpanNode> {
  const pending = view.childrenOf(node).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    for (const child of view.childrenOf(next).toReversed()) pending.push(child);
  }
}

const NONE: ReadonlySet<SpanNode> = new Set();

const PLAIN_VIEW: View = {
  isVisible: () => true,
  topsOf: (trace) => [...trace.roots, ...trace.orphans],
  childrenOf: (node) => node.children,
  descendantsOf: (node) => walk(node, PLAIN_VIEW),
  parentOf: (node) => node.parent,
};
