import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import * as builders from '../index.ts';
import type { Expected } from '../shape/shape.ts';
import { anyLinkedSpans } from '../testing/any-trace.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { inferShape } from './infer-shape.ts';
import { writeShape } from './write-shape.ts';

test('any trace matches the shape inferred from it', () => {
  fc.assert(
    fc.property(anyLinkedSpans, (spans) => {
      const traces = buildTraces(spans);
      expect(judge(inferShape(traces), traces).findings).toEqual([]);
    }),
    { seed: 20, numRuns: 400 },
  );
});

test('what is written says just what was inferred', () => {
  fc.assert(
    fc.property(anyLinkedSpans, (spans) => {
      const traces = buildTraces(spans);
      const read = evaluate(writeShape(inferShape(traces)));
      expect(judge(read, traces).findings).toEqual([]);
      expect(writeShape(read)).toBe(writeShape(inferShape(traces)));
    }),
    { seed: 20, numRuns: 200 },
  );
});

/** The module's one constant, with the builders that it imports. */
function evaluate(module: string): Expected {
  const [, names = '', code = ''] =
    /^import \{ (.*) \} from 'trace-shapes';\n\nexport const expected = ([\s\S]*);\n$/.exec(module) ?? [];
  const all: ReadonlyMap<string, unknown> = new Map(Object.entries(builders));
  const made = names.split(', ').map((name) => all.get(name));
  return new Function(...names.split(', '), `return ${code}`)(...made);
}
