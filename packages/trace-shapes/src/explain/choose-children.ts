import type { SpanNode } from '../trace/trace.ts';
import type { Places } from './places.ts';

/** The children that a picture shows, and how many it leaves out. */
export interface ChosenChildren {
  /** `repeated` counts the children of the same name that are left out, on the last one that is shown. */
  readonly shown: readonly { readonly child: SpanNode; readonly repeated: number }[];
  /** Left out, and of a name that none of those shown has. */
  readonly omitted: number;
}

/** Chooses what to show: all that a finding needs, and of the rest some of each name while the budget lasts. */
export function choose(nodes: readonly SpanNode[], places: Places, budget: { left: number }): ChosenChildren {
  const alike = Map.groupBy(nodes, ({ span }) => span.name);
  const shownOf = new Map<string, number>();
  const isShown = (node: SpanNode) => {
    const before = shownOf.get(node.span.name) ?? 0;
    const isChosen = places.isNeeded(node) || (before < MOST_ALIKE && budget.left > 0);
    if (isChosen) {
      shownOf.set(node.span.name, before + 1);
      budget.left--;
    }
    return isChosen;
  };
  const shown = nodes.filter(isShown);
  const lastOf = new Map(shown.map((node) => [node.span.name, node]));
  const leftOutOf = (name: string) => (alike.get(name)?.length ?? 0) - (shownOf.get(name) ?? 0);
  return {
    shown: shown.map((child) => ({
      child,
      repeated: lastOf.get(child.span.name) === child ? leftOutOf(child.span.name) : 0,
    })),
    omitted: [...alike].reduce((sum, [name, group]) => (shownOf.has(name) ? sum : sum + group.length), 0),
  };
}

/** Siblings of one name beyond so many are told as a number, unless a finding speaks of them. */
const MOST_ALIKE = 8;
