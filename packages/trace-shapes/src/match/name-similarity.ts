/**
 * How alike two span names are, from 0 to 1: 1 − edit distance ÷ length, with case and separators put aside.
 * Two HTTP names with different methods, or two statements with different operations, are not alike at all.
 */
export function nameSimilarity(expected: string, actual: string): number {
  const pair = `${expected}\n${actual}`;
  const known = similarities.get(pair);
  if (known !== undefined) return known;
  const similarity = compareNames(expected, actual);
  if (similarities.size >= MOST_PAIRS) similarities.clear();
  similarities.set(pair, similarity);
  return similarity;
}

/** Spans are many and their names few: the same two are compared again and again. */
const similarities = new Map<string, number>();
const MOST_PAIRS = 10_000;

function compareNames(expected: string, actual: string): number {
  const a = normalise(expected);
  const b = normalise(actual);
  if (a === b) return 1;
  const [first, second] = [operationOf(expected), operationOf(actual)];
  if (first !== undefined && second !== undefined && first !== second) return 0;
  if (Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a))) return 0.8;
  return 1 - editDistance(a, b) / Math.max(a.length, b.length, 1);
}

/** The least number of characters to insert, delete or replace to turn one text into the other (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether a name holds something that differs from request to request: a number, a UUID, a long hex string. */
export function holdsAnId(name: string): boolean {
  return /\d{3,}|[0-9a-f]{8}-[0-9a-f]{4}|\b[0-9a-f]{12,}\b|\/\d+(\/|$)/i.test(name);
}

/** Whether a name says which operation on what: `POST /orders`, `SELECT stock`. */
export function isOperation(name: string): boolean {
  return operationOf(name) !== undefined && /\s\S/.test(name.trim());
}

function normalise(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_\-.:/]+/g, ' ')
    .trim();
}

function operationOf(name: string): string | undefined {
  return /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|SELECT|INSERT|UPDATE|BEGIN|COMMIT|ROLLBACK)\b/.exec(name)?.[1];
}
