import { durationMs, renderDuration, type SpanNode } from 'trace-shapes';
import { toMs } from '../telemetry/run-times.ts';

/** All spans below a span. */
export function below(node: SpanNode): readonly SpanNode[] {
  return node.children.flatMap((child) => [child, ...below(child)]);
}

/** Of some spans those that are below no other of them. */
export function topmost(nodes: readonly SpanNode[]): readonly SpanNode[] {
  const all = new Set(nodes);
  return nodes.filter((node) => {
    for (let above = node.parent; above; above = above.parent) if (all.has(above)) return false;
    return true;
  });
}

/** The share of a span's time, from 0 to 1, during which at least one of these spans ran. */
export function shareOf(nodes: readonly SpanNode[], whole: SpanNode): number {
  const [from, to] = [toMs(whole.span.startUnixNano), toMs(whole.span.endUnixNano)];
  let until = from;
  let coveredMs = 0;
  for (const { span } of nodes.toSorted((a, b) => Number(a.span.startUnixNano - b.span.startUnixNano))) {
    const end = Math.min(toMs(span.endUnixNano), to);
    const start = Math.max(toMs(span.startUnixNano), until);
    if (end > start) coveredMs += end - start;
    until = Math.max(until, end);
  }
  return to > from ? coveredMs / (to - from) : 0;
}

/** `charge card` took 143 ms, 2 % of the 8.03 s. */
export function tookPart(nodes: readonly SpanNode[], whole: SpanNode): string {
  const share = shareOf(nodes, whole);
  const totalMs = durationMs(whole.span);
  return `${named(nodes)} took ${renderDuration(share * totalMs)}, ${Math.round(share * 100)} % of the ${renderDuration(totalMs)}`;
}

/** The names of some spans, each once, three at most. */
export function named(nodes: readonly SpanNode[]): string {
  const names = [...new Set(nodes.map(({ span }) => `\`${span.name}\``))];
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}

/** Less than this share of the hanging checkout is no reason for it. */
export const SMALL = 0.2;
/** At least this share is most of it. */
export const MOST = 0.5;
