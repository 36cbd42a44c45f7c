/** Where two values differ first. */
export type Difference = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

/** Compares by content; keys that are not expected are differences, and a regular expression stands for texts. */
export function findDifference(expected: unknown, actual: unknown, path = ''): Difference | undefined {
  if (expected instanceof RegExp) {
    return typeof actual === 'string' && expected.test(actual) ? undefined : { path, expected, actual };
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return differenceOfLists(expected, actual, path);
  if (isRecord(expected) && isRecord(actual)) return differenceOfRecords(expected, actual, path);
  return Object.is(expected, actual) ? undefined : { path, expected, actual };
}

function differenceOfLists(expected: unknown[], actual: unknown[], path: string): Difference | undefined {
  if (expected.length !== actual.length) return { path, expected, actual };
  for (const [index, item] of expected.entries()) {
    const difference = findDifference(item, actual[index], `${path}[${index}]`);
    if (difference) return difference;
  }
  return undefined;
}

function differenceOfRecords(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  path: string,
): Difference | undefined {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = findDifference(expected[key], actual[key], path === '' ? key : `${path}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
