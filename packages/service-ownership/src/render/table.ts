/** Rows as aligned columns, numbers to the right. Where they are too wide, the widest columns of text are cut. */
export function renderTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const isNumeric = heads.map((_, i) => rows.length > 0 && rows.every((row) => NUMERIC.test(row[i] ?? '')));
  const sizes = fit(sizesOf(heads, rows), isNumeric, width);
  return [heads, ...rows].map((cells) =>
    cells
      .map((cell, i) => {
        const size = sizes[i] ?? 0;
        return isNumeric[i] ? cell.padStart(size) : cut(cell, size).padEnd(size);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How wide a table has to be for nothing to be cut. */
export function tableWidth(heads: readonly string[], rows: readonly (readonly string[])[]): number {
  return totalOf(sizesOf(heads, rows));
}

function sizesOf(heads: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
}

function totalOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size + 2, -2);
}

function fit(wanted: readonly number[], isNumeric: readonly boolean[], width: number): readonly number[] {
  const sizes = [...wanted];
  while (totalOf(sizes) > width) {
    const widest = Math.max(...sizes.map((size, i) => (isNumeric[i] ? 0 : size)));
    if (widest <= LEAST) break;
    sizes[sizes.findIndex((size, i) => !isNumeric[i] && size === widest)] = widest - 1;
  }
  return sizes;
}

function cut(text: string, size: number): string {
  return text.length > size ? `${text.slice(0, size - 1)}…` : text;
}

/** Lines, each two columns in. */
export function indent(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}

const NUMERIC = /^-?[\d.,]*( (%|ms|s|min|h|d))?$/;
const LEAST = 8;
