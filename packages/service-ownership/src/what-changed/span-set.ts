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

/** SQL that is true of a group of one trace's spans if the trace is in the set; `Start` is the trace's first nanosecond. */
export function belongsTo(set: SpanSet, words: EngineWords): string {
  const parts = [
    set.window === undefined ? [] : [`Label = ${quote(set.window)}`],
    set.fromUnixNano === undefined ? [] : [`${START(words)} >= ${set.fromUnixNano}`],
    set.toUnixNano === undefined ? [] : [`${START(words)} < ${set.toUnixNano}`],
    set.having === undefined ? [] : [`max(${matches(set.having, words)}) = 1`],
    set.without === undefined ? [] : [`max(${matches(set.without, words)}) = 0`],
  ].flat();
  return parts.length === 0 ? '1 = 1' : parts.join(' AND ');
}

function matches(pattern: SpanPattern, words: EngineWords): string {
  const parts = [
    pattern.service === undefined ? [] : [`ServiceName = ${quote(pattern.service)}`],
    pattern.operation === undefined ? [] : [`SpanName = ${quote(pattern.operation)}`],
    pairs('ResourceAttributes', pattern.resource, words),
    pairs('SpanAttributes', pattern.attributes, words),
  ].flat();
  return `CASE WHEN ${parts.length === 0 ? '1 = 1' : parts.join(' AND ')} THEN 1 ELSE 0 END`;
}

function pairs(
  map: 'ResourceAttributes' | 'SpanAttributes',
  wanted: Readonly<Record<string, string>> | undefined,
  words: EngineWords,
): readonly string[] {
  return Object.entries(wanted ?? {}).map(([key, value]) => `${words.attribute(map, key)} = ${quote(value)}`);
}

const START = (words: EngineWords): string => `min(${words.epochNano('Timestamp')})`;
