import { pictureTrace } from '../explain/picture-trace.ts';
import { toOneLine } from '../otlp/plain-text.ts';
import { missingParents } from '../trace/missing-parents.ts';
import type { Trace } from '../trace/trace.ts';
import { createPaint } from './paint.ts';
import { renderPicture } from './render-picture.ts';
import type { RenderOptions } from './render-verdict.ts';

/**
 * Renders a trace as it came: its id, its tree with durations as bars, and which parents never came.
 * @example for (const trace of buildTraces(receiver.telemetry.spans)) console.log(renderTrace(trace));
 */
export function renderTrace(trace: Trace, { width = 80, colour = false }: RenderOptions = {}): string {
  const paint = createPaint(colour);
  const missing = missingParents(trace)
    .slice(0, MOST_MISSING)
    .map(({ spanId, children }) => `  Span ${spanId} never came: the parent of ${listOf(children)}.`);
  const count = `${trace.nodes.length} span${trace.nodes.length === 1 ? '' : 's'}`;
  return [
    paint('dim', `  trace ${trace.traceId}, ${count}`),
    ...renderPicture(pictureTrace(trace), { width, paint, bars: true }),
    ...missing,
  ].join('\n');
}

function listOf(names: readonly string[]): string {
  const shown = [...new Set(names)].slice(0, MOST_NAMES).map((name) => `\`${toOneLine(name)}\``);
  return `${shown.join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`;
}

const MOST_MISSING = 5;
const MOST_NAMES = 3;
