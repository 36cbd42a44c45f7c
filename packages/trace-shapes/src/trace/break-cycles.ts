/** Stands for the parent of a span that has none. */
export const NO_PARENT = -1;

/**
 * Cuts every cycle at its lowest index. `parents` has at each index the index of the parent.
 * Without recursion: a chain may be of any depth.
 */
export function breakCycles(parents: Int32Array): void {
  const walkOf = new Int32Array(parents.length).fill(NOT_WALKED);
  for (let start = 0; start < parents.length; start++) {
    let at = start;
    while (at !== NO_PARENT && walkOf[at] === NOT_WALKED) {
      walkOf[at] = start;
      at = parents[at] ?? NO_PARENT;
    }
    // Met on this very walk, it is on a cycle; on an earlier walk, its way up is known to be sound.
    if (at !== NO_PARENT && walkOf[at] === start) parents[lowestOfCycle(parents, at)] = NO_PARENT;
  }
}

function lowestOfCycle(parents: Int32Array, member: number): number {
  let lowest = member;
  for (let at = parents[member] ?? member; at !== member; at = parents[at] ?? member) lowest = Math.min(lowest, at);
  return lowest;
}

const NOT_WALKED = -1;
