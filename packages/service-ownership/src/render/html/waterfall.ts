import { duration, plural } from '../../explain/phrases.ts';
import type { ExemplarSpan, ExemplarTrace } from '../../report/exemplars.ts';
import { type Html, html } from './html.ts';

/** A trace as a table with bars: who, what, when and how long, an error said in a word. */
export function waterfall(title: string, trace: ExemplarTrace | undefined): Html {
  if (!trace) return html`<p>${title}: no trace of it.</p>`;
  const endMs = Math.max(...trace.spans.map(({ startMs, durationMs }) => startMs + durationMs), 0.001);
  const shown = trace.spans.slice(0, MOST);
  const left = trace.spans.length - shown.length;
  return html`<h4>${title}: trace <code>${trace.traceId}</code></h4>
<div class="wide" tabindex="0" role="group" aria-label="Spans of a trace, ${title}"><table class="waterfall">
<thead><tr><th>service</th><th>operation</th><th>took</th><th>when</th></tr></thead>
<tbody>${shown.map((span) => row(span, endMs))}</tbody></table></div>${left > 0 ? html`<p>… and ${plural(left, 'span')} more.</p>` : ''}`;
}

function row({ service, operation, depth, startMs, durationMs, isError }: ExemplarSpan, endMs: number): Html {
  const percent = (ms: number) => Math.max(0, (ms / endMs) * 100).toFixed(2);
  return html`<tr${isError ? { html: ' class="bad"' } : ''}><td>${service}</td>
<td style="padding-left:${0.5 + Math.min(depth, 20) * 0.8}em">${isError ? '✗ error: ' : ''}${operation}</td><td class="number">${duration(durationMs)}</td>
<td class="track"><svg class="bar" role="img" aria-label="from ${duration(startMs)}, for ${duration(durationMs)}" width="100%" height="12"><rect x="${percent(startMs)}%" width="${Math.max(0.3, Number(percent(durationMs)))}%" height="12"/></svg></td></tr>`;
}

const MOST = 60;
