/** What pairing a row with a column is worth; `undefined` forbids the pair. Worth is positive, and more is better. */
export type Worth = (row: number, column: number) => number | undefined;

/**
 * Pairs rows with columns, each at most once, so that the sum of worths is the greatest (the assignment problem,
 * solved by shortest augmenting paths in O(rows² · columns)). Beyond `limit` cells, each row takes the best of the next
 * columns that are free.
 * @returns for each row its column, or `undefined`
 */
export function assign(rows: number, columns: number, worth: Worth, limit = 62_500): readonly (number | undefined)[] {
  if (rows === 0 || columns === 0) return new Array(rows).fill(undefined);
  return rows * columns > limit ? assignGreedily(rows, columns, worth) : assignOptimally(rows, columns, worth);
}

const MOST_LOOKED_AT = 500;

function assignGreedily(rows: number, columns: number, worth: Worth): readonly (number | undefined)[] {
  const assigned = new Array<number | undefined>(rows).fill(undefined);
  const free = new Set(Array.from({ length: columns }, (_, column) => column));
  for (let row = 0; row < rows; row++) {
    let best: { column: number; worth: number } | undefined;
    let looked = 0;
    for (const column of free) {
      const value = worth(row, column);
      if (value !== undefined && value > (best?.worth ?? 0)) best = { column, worth: value };
      if (looked++ === MOST_LOOKED_AT) break;
    }
    if (best) free.delete(best.column);
    assigned[row] = best?.column;
  }
  return assigned;
}

/**
 * Each row gets a column of its own that is worth nothing, so that staying alone is always possible; potentials keep
 * reduced costs non-negative. Index 0 of the columns is the algorithm's virtual start.
 */
function assignOptimally(rows: number, columns: number, worth: Worth): readonly (number | undefined)[] {
  const width = columns + rows;
  const costs = Float64Array.from({ length: rows * columns }, (_, cell) => {
    const value = worth(Math.floor(cell / columns), cell % columns);
    return value === undefined ? FORBIDDEN : -value;
  });
  const cost = (row: number, column: number): number => {
    if (column >= columns) return column - columns === row ? 0 : FORBIDDEN;
    return costs[row * columns + column] as number;
  };
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row++) augment(row, width, cost, rowPotential, columnPotential, rowOf);

  const assigned = new Array<number | undefined>(rows).fill(undefined);
  for (let column = 1; column <= columns; column++) {
    const row = (rowOf[column] ?? 0) - 1;
    if (row >= 0) assigned[row] = column - 1;
  }
  return assigned;
}

const FORBIDDEN = 1e9;

function augment(
  start: number,
  width: number,
  cost: (row: number, column: number) => number,
  rowPotential: Float64Array,
  columnPotential: Float64Array,
  rowOf: Int32Array,
): void {
  const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(width + 1);
  const used = new Uint8Array(width + 1);
  rowOf[0] = start;
  let column = 0;
  do {
    used[column] = 1;
    const row = rowOf[column] as number;
    let delta = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let j = 1; j <= width; j++) {
      if (used[j]) continue;
      const reduced = cost(row - 1, j - 1) - (rowPotential[row] as number) - (columnPotential[j] as number);
      if (reduced < (least[j] as number)) {
        least[j] = reduced;
        cameFrom[j] = column;
      }
      if ((least[j] as number) < delta) {
        delta = least[j] as number;
        next = j;
      }
    }
    for (let j = 0; j <= width; j++) {
      if (used[j]) {
        rowPotential[rowOf[j] as number] = (rowPotential[rowOf[j] as number] as number) + delta;
        columnPotential[j] = (columnPotential[j] as number) - delta;
      } else least[j] = (least[j] as number) - delta;
    }
    column = next;
  } while (rowOf[column] !== 0);
  while (column !== 0) {
    const previous = cameFrom[column] as number;
    rowOf[column] = rowOf[previous] as number;
    column = previous;
  }
}
