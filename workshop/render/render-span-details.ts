import type { Attributes, AttributeValue, SpanNode, Trace } from 'trace-shapes';
import { renderDuration } from 'trace-shapes/render';
import { toLineText } from '../telemetry/terminal-text.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Lists what each span of a trace carries: status, attributes, events and links. */
export function renderSpanDetails(trace: Trace, style: ScreenStyle): readonly string[] {
  return trace.nodes.flatMap((node) => ['', ...renderSpan(node, style)]);
}

function renderSpan({ span }: SpanNode, { paint, width }: ScreenStyle): readonly string[] {
  const { name, kind, service, scope, spanId, status } = span;
  const lines = [
    ...(status.code === 'unset' ? [] : [`status  ${status.code} ${status.message}`.trimEnd()]),
    ...renderAttributes(span.attributes),
    ...span.events.flatMap((event) => [
      `event  ${event.name}  +${renderDuration(Number(event.timeUnixNano - span.startUnixNano) / 1e6)}`,
      ...renderAttributes(event.attributes).map((line) => `  ${line}`),
    ]),
    ...span.links.flatMap((link) => [
      `link  span ${link.spanId} of trace ${link.traceId}`,
      ...renderAttributes(link.attributes).map((line) => `  ${line}`),
    ]),
  ];
  return [
    `  ${paint('bold', toLineText(name))}  ${paint('dim', toLineText(`${kind}, ${service}, scope ${scope.name || '(none)'}, span ${spanId}`))}`,
    ...(lines.length === 0 ? [paint('dim', '    no attributes, events or links')] : []),
    ...lines.map((line) => clip(`    ${toPlain(line)}`, width)),
  ];
}

function renderAttributes(attributes: Attributes): readonly string[] {
  const widest = Math.max(0, ...Object.keys(attributes).map((key) => key.length));
  return Object.entries(attributes).map(([key, value]) => `${key.padEnd(widest)}  ${renderValue(value)}`);
}

function renderValue(value: AttributeValue): string {
  return JSON.stringify(value, (_, inner) => toJsonValue(inner));
}

/** What JSON has no word for, as text. */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Values come from elsewhere and must not move the cursor. */
function toPlain(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, '·');
}

function clip(line: string, width: number): string {
  const most = Math.max(width, 60) * 3;
  return line.length > most ? `${line.slice(0, most)}… (${line.length} characters)` : line;
}
