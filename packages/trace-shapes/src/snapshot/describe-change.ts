import { deprecatedKeysFor } from '../match/deprecated-attributes.ts';

/**
 * What changed from one canonical text to another, each change once, however many spans show it: an upgrade that renames
 * an attribute on every span is one line. Empty where nothing did, or only the order.
 * @example console.log(describeChange(canonicalTraces(yesterday), canonicalTraces(buildTraces(receiver.telemetry.spans))))
 */
export function describeChange(before: string, after: string): string {
  const gone = surplus(before, after);
  const come = surplus(after, before);
  if (gone.length + come.length === 0) return '';
  const renamed = come.flatMap((line) => gone.filter((old) => isRename(old, line)).map((old) => ({ old, line })));
  const lines = [
    ...gone.filter((line) => !renamed.some(({ old }) => old === line)).map((line) => `  - ${line}`),
    ...come.filter((line) => !renamed.some((one) => one.line === line)).map((line) => `  + ${line}`),
    ...renamed.map(({ old, line }) => `  ~ ${keyOf(old)} is now ${line}`),
  ];
  const isWithin = [...gone, ...come].every((line) => !SPAN.test(line));
  return [
    isWithin ? 'The spans are the same; what they carry changed:' : 'What changed, each change once:',
    ...lines,
  ].join('\n');
}

/** The lines that are in one text more often than in another, without what only their place or number makes. */
function surplus(text: string, other: string): readonly string[] {
  const there = countLines(other);
  return [...countLines(text)].filter(([line, count]) => count > (there.get(line) ?? 0)).map(([line]) => line);
}

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, times = '1', rest = ''] = /^\s*(?:\[\d+\] )?(?:(\d+) × )?(.*)$/.exec(line) ?? [];
    if (rest !== '' && !/^\d+ traces like this:$/.test(rest)) counts.set(rest, (counts.get(rest) ?? 0) + Number(times));
  }
  return counts;
}

/** Whether the semantic conventions renamed the one attribute to the other, whichever came first, and the value stayed. */
function isRename(before: string, after: string): boolean {
  const [from, to] = [keyOf(before), keyOf(after)];
  const isSameValue = before.includes(' = ') && before.slice(from.length) === after.slice(to.length);
  return isSameValue && (deprecatedKeysFor(to).includes(from) || deprecatedKeysFor(from).includes(to));
}

function keyOf(line: string): string {
  return line.split(' = ', 1)[0] ?? '';
}

const SPAN = /^(unspecified|internal|server|client|producer|consumer) .* \(.*\)(, whose parent never came)?$/;
