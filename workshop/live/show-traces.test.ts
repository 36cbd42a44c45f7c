import { buildTraces, createPaint } from 'trace-shapes';
import { expect, test } from 'vitest';
import { type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { createTraceShow } from './show-traces.ts';

test('shows a few of the traces of an endless loop, says that there are more, and begins anew with the next key', () => {
  const flood = Array.from(
    { length: 2_000 },
    (_, i): SketchedSpan => ({ trace: i.toString(16).padStart(8, 'f'), id: '1', name: 'loop', at: i, for: 1 }),
  );
  const traces = buildTraces(sketchTelemetry(flood).spans);
  const printed: string[] = [];
  const show = createTraceShow((text) => printed.push(text), { width: 100, paint: createPaint(false) });
  show.begin('trees');
  for (const trace of traces) show.show({ trace, known: undefined });
  expect(printed).toHaveLength(25);
  expect(printed.at(-1)).toBe('  … and more: `npm run traces` lists them all');

  show.begin('trees');
  for (const trace of traces.slice(0, 1)) show.show({ trace, known: undefined });
  expect(printed.at(-1)).toContain('loop');
});
