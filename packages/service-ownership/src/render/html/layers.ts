import type { Catalogue } from '../../catalogue/catalogue.ts';

/** Services in rows: who is called stands below who calls, except where calls go back in a circle. */
export function layersOf({ services }: Catalogue): readonly (readonly string[])[] {
  const seen = services.flatMap(({ seen: one }) => (one ? [one] : []));
  const callees = new Map(seen.map(({ name, callees: calls }) => [name, calls.map(({ service }) => service)]));
  const entriesFirst = seen.toSorted((a, b) => Number(a.callers.length > 0) - Number(b.callers.length > 0));
  const order = callersFirst(
    entriesFirst.map(({ name }) => name),
    callees,
  );
  const depths = new Map(order.map((name) => [name, 0]));
  order.forEach((name, i) => {
    for (const callee of callees.get(name) ?? [])
      if (order.indexOf(callee) > i) depths.set(callee, Math.max(depths.get(callee) ?? 0, (depths.get(name) ?? 0) + 1));
  });
  const rows = Math.max(-1, ...depths.values()) + 1;
  return Array.from({ length: rows }, (_, depth) => order.filter((name) => depths.get(name) === depth).sort());
}

/** Every caller before whom it calls; of a circle, the one that was reached first comes first. */
function callersFirst(names: readonly string[], callees: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const finished: string[] = [];
  const met = new Set<string>();
  const visit = (name: string): void => {
    if (met.has(name)) return;
    met.add(name);
    for (const callee of callees.get(name) ?? []) visit(callee);
    finished.push(name);
  };
  for (const name of names) visit(name);
  return finished.reverse();
}
