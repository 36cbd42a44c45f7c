import type { MatchResult } from '../match/match.ts';
import type { SpanNode } from '../trace/trace.ts';

/** The path of a span: the services and names of those above it and of itself. */
export function pathOf(node: SpanNode, above: string): string {
  return `${above}/${node.span.service}:${node.span.name}`;
}

/**
 * The paths of all spans of the traces that were looked for, down to a depth where nobody reads on. Kept from one run to
 * the next, they tell the picture which spans are new.
 */
export function pathsOf(result: MatchResult): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { lens, pairing } of result.matches) {
    const visit = (node: SpanNode, above: string, depth: number) => {
      const path = pathOf(node, above);
      paths.add(path);
      if (depth < MOST_DEPTH) for (const child of lens.view.childrenOf(node)) visit(child, path, depth + 1);
    };
    visit(pairing.node, '', 1);
  }
  return paths;
}

/** Levels of a tree that are drawn. */
export const MOST_DEPTH = 24;
