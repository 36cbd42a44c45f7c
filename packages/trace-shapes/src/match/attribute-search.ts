import { type Bindings, describePredicate, holds, type Predicate } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Elsewhere } from './fact.ts';

/** Looks where an attribute may have been set by mistake: the resource, the parent, the children, the siblings. */
export type AttributeSearch = (
  key: string,
  expected: Predicate,
  node: SpanNode,
  bindings: Bindings,
) => Elsewhere | undefined;

/** Makes the search; spans that are expected to have the attribute themselves do not count. */
export function createAttributeSearch(meanings: ReadonlyMap<SpanNode, SpanShape>): AttributeSearch {
  // What the siblings hold is the same for each of them, and there may be a hundred thousand.
  const foundBelow = new WeakMap<SpanNode, Map<string, SpanNode | undefined>>();

  return (key, expected, node, bindings) => {
    const isHolder = (other: SpanNode) =>
      meanings.get(other)?.attributes[key] === undefined && holds(expected, other.span.attributes[key], bindings);
    if (holds(expected, node.span.resource.attributes[key], bindings)) return { on: 'resource' };
    if (node.parent && isHolder(node.parent)) return { on: 'span', node: node.parent };
    const holder =
      node.children.find(isHolder) ??
      (node.parent && findBelow(node.parent, `${key} ${describePredicate(expected)}`, isHolder));
    return holder && { on: 'span', node: holder };
  };

  function findBelow(parent: SpanNode, wanted: string, isHolder: (node: SpanNode) => boolean) {
    const found = foundBelow.get(parent) ?? new Map<string, SpanNode | undefined>();
    foundBelow.set(parent, found);
    if (!found.has(wanted)) found.set(wanted, parent.children.find(isHolder));
    return found.get(wanted);
  }
}
