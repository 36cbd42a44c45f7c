interface Linked<T> {
  parent: T | undefined;
}

/** Cuts every cycle of parents at its first node in the order given. Without recursion: a chain may be of any depth. */
export function breakCycles<T extends Linked<T>>(nodes: readonly T[]): void {
  const walkOf = new Map<T, number>();
  let order: ReadonlyMap<T, number> | undefined;
  nodes.forEach((start, walk) => {
    let node: T | undefined = start;
    while (node !== undefined && !walkOf.has(node)) {
      walkOf.set(node, walk);
      node = node.parent;
    }
    // Met on this very walk, the node is on a cycle; on an earlier walk, its way up is known to be sound.
    if (node === undefined || walkOf.get(node) !== walk) return;
    order ??= new Map(nodes.map((each, index) => [each, index]));
    firstOfCycle(node, order).parent = undefined;
  });
}

function firstOfCycle<T extends Linked<T>>(member: T, order: ReadonlyMap<T, number>): T {
  let first = member;
  for (let node = member.parent; node !== undefined && node !== member; node = node.parent) {
    if ((order.get(node) ?? 0) < (order.get(first) ?? 0)) first = node;
  }
  return first;
}
