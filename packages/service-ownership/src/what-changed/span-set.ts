import { type EngineWords, quote } from '../store/engine.ts';

/** Which traces belong to a set: those that fulfil all that is given. */
export interface SpanSet {
  /** The label in the column `Window`. */
  readonly window?: string;
  /** The trace began then or later, in nanoseconds since the epoch. */
  readonly fromUnixNano?: bigint;
  /** The trace began before, in nanoseconds since the epoch. */
  readonly toUnixNano?: bigint;
  /** Some span of the trace is like this. */
  readonly having?: SpanPattern;
  /** No span of the trace is like this. */
  readonly without?: SpanPattern;
}

/** What a span is like: all that is given. */
export interface SpanPattern {
  readonly service?: string;
  readonly operation?: string;
  readonly resource?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The sets to compare. */
export interface SpanSets {
  readonly before: SpanSet;
  readonly after: SpanSet;
}

/** SQL that is true of a span that may be in one of the sets: for engines to read no more than they must. */
export function mayBelong({ before, after }: SpanSets): string {
  if (before.window === undefined || after.window === undefined) return '1 = 1';
  return `"Window" IN (${quote(before.window)}, ${quote(after.window)})`;
}

/** Columns of a span that `sideOf` asks for, if any: 1 if it is what a set asks for. */
export function marksOf({ before, after }: SpanSets, words: EngineWords): readonly string[] {
  const marks = [...marksOfSet('Before', before, words), ...marksOfSet('After', after, words)];
  return marks.map(([name, condition]) => `CASE WHEN ${condition} THEN 1 ELSE 0 END AS ${name}`);
}

function marksOfSet(side: string, set: SpanSet, words: EngineWords): readonly (readonly [string, string])[] {
  return [
    ...(set.window === undefined ? [] : [[`Is${side}`, `"Window" = ${quote(set.window)}`] as const]),
    ...(set.having ? [[`Has${side}`, matches(set.having, words)] as const] : []),
    ...(set.without ? [[`Lacks${side}`, matches(set.without, words)] as const] : []),
  ];
}

function matches(pattern: SpanPattern, words: EngineWords): string {
  const parts = [
    pattern.service === undefined ? [] : [`ServiceName = ${quote(pattern.service)}`],
    pattern.operation === undefined ? [] : [`SpanName = ${quote(pattern.operation)}`],
    pairs('ResourceAttributes', pattern.resource, words),
    pairs('SpanAttributes', pattern.attributes, words),
  ].flat();
  return parts.length === 0 ? '1 = 1' : parts.join(' AND ');
}

function pairs(
  map: 'ResourceAttributes' | 'SpanAttributes',
  wanted: Readonly<Record<string, string>> | undefined,
  words: EngineWords,
): readonly string[] {
  return Object.entries(wanted ?? {}).map(([key, value]) => `${words.attribute(map, key)} = ${quote(value)}`);
}

/** SQL over a trace's marked spans: 1 after, 0 before, else NULL. A trace that is in both sets is after. */
export function sideOf({ before, after }: SpanSets): string {
  return `CASE WHEN ${belongs('After', after)} THEN 1 WHEN ${belongs('Before', before)} THEN 0 END`;
}

function belongs(side: string, set: SpanSet): string {
  const conditions = [
    ...(set.window === undefined ? [] : [`max(Is${side}) = 1`]),
    ...(set.fromUnixNano === undefined ? [] : [`min(Start) >= ${set.fromUnixNano}`]),
    ...(set.toUnixNano === undefined ? [] : [`min(Start) < ${set.toUnixNano}`]),
    ...(set.having ? [`max(Has${side}) = 1`] : []),
    ...(set.without ? [`max(Lacks${side}) = 0`] : []),
  ];
  return conditions.length === 0 ? '1 = 1' : conditions.join(' AND ');
}
