import { missingParents, renderDuration, renderPicture } from 'trace-shapes';
import { maskText } from '../telemetry/mask-secrets.ts';
import type { SettledTrace } from '../telemetry/settle-traces.ts';
import { shortId, summariseTrace } from '../telemetry/summarise-trace.ts';
import { toLineText } from '../telemetry/terminal-text.ts';
import { pictureTrace } from './picture-trace.ts';
import { renderState } from './render-trace-list.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws a trace that has just arrived; when it was drawn before, what is new in it bears a `+`. */
export function renderLiveTrace({ trace, known }: SettledTrace, style: ScreenStyle): readonly string[] {
  const missing = missingParents(trace).map(
    ({ children }) =>
      `  Missing: the parent of ${children.map((name) => `\`${shown(name)}\``).join(', ')}. Did it end?`,
  );
  const more = known ? `, ${trace.nodes.length - known.size} spans later` : '';
  return [
    style.paint('dim', `  trace ${shortId(trace.traceId)}${more}`),
    ...renderPicture(pictureTrace(trace, { known, most: 40, alike: 3 }), { ...style, bars: true }),
    ...missing,
    '',
  ];
}

/** The same in one line, for when there are many. */
export function renderLiveLine({ trace }: SettledTrace): string {
  const summary = summariseTrace(trace);
  const { name, services, spans, durationMs } = summary;
  const parts = [
    shown(name),
    renderDuration(durationMs),
    `${spans} spans`,
    shown(services.join(', ')),
    renderState(summary),
  ];
  return `  trace ${shortId(trace.traceId)}  ${parts.filter((part) => part !== '').join('  ')}`;
}

/** Straight from the app: nobody has looked at it before. */
function shown(text: string): string {
  return toLineText(maskText(text));
}
