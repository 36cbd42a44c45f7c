import {
  buildTraces,
  createPaint,
  durationMs,
  missingParents,
  renderPicture,
  type SpanNode,
  type Trace,
} from 'trace-shapes';
import { pictureTrace } from '../../render/picture-trace.ts';
import { renderSpanDetails, toJsonValue } from '../../render/render-span-details.ts';
import { renderClock, renderOffset } from '../../render/render-time.ts';
import { findTrace } from '../../telemetry/find-trace.ts';
import { startOfRun, toMs } from '../../telemetry/run-times.ts';
import type { StoredRun } from '../../telemetry/store.ts';
import { shortId, summariseTrace } from '../../telemetry/summarise-trace.ts';
import { toLineText } from '../../telemetry/terminal-text.ts';
import { readRunOf } from '../newest-run.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly attributes?: true; readonly json?: true };

/** `npm run trace <id>`: one trace as a tree. */
export const trace: WorkshopCommand = (declare, run) => {
  declare('trace', 'show one trace of the newest run as a tree')
    .argument('<id>', 'its id, or enough of the beginning; `npm run traces` lists them')
    .option('--attributes', 'list what each span carries: attributes, events, links')
    .option('--json', 'print its spans as JSON')
    .action(run(showTrace));
};

async function showTrace(surroundings: Surroundings, wanted: string, options: Options): Promise<number> {
  const stored = await readRunOf(surroundings, wanted);
  const found = findTrace(buildTraces(stored.telemetry.spans), wanted);
  if (options.json) surroundings.print(JSON.stringify(toJson(found, startOfRun(stored)), null, 2));
  else for (const line of render(found, stored, surroundings, options.attributes === true)) surroundings.print(line);
  return 0;
}

function render(
  found: Trace,
  stored: StoredRun,
  { columns, colour }: Surroundings,
  withAttributes: boolean,
): readonly string[] {
  const style = { width: Math.min(columns, 120), paint: createPaint(colour) };
  const { startMs } = summariseTrace(found);
  const picture = pictureTrace(found);
  const { explainedShare } = picture;
  return [
    `  ${found.traceId}  ${renderOffset(startMs, startOfRun(stored))}  ${renderClock(startMs)} UTC`,
    '',
    ...renderPicture(picture, { ...style, bars: true }),
    ...missingParents(found).map(
      ({ spanId, children }) =>
        `  Missing: span ${spanId}, the parent of ${children.map((name) => `\`${toLineText(name)}\``).join(', ')}. It never ended, or was not exported.`,
    ),
    ...(explainedShare === undefined ? [] : ['', `  explained ${Math.round(explainedShare * 100)} %`]),
    ...(withAttributes
      ? renderSpanDetails(found, style)
      : ['', `  What the spans carry: npm run trace -- ${shortId(found.traceId)} --attributes`]),
  ];
}

function toJson(found: Trace, startMs: number): unknown {
  const spans = found.nodes.map((node) => toSpanJson(node, startMs));
  return JSON.parse(
    JSON.stringify({ traceId: found.traceId, startedAtMs: startMs, spans }, (_, value) => toJsonValue(value)),
  );
}

function toSpanJson({ span }: SpanNode, startMs: number): object {
  const since = (nanos: bigint) => toMs(nanos) - startMs;
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? null,
    name: span.name,
    kind: span.kind,
    service: span.service,
    scope: span.scope.name,
    sinceStartMs: since(span.startUnixNano),
    durationMs: durationMs(span),
    status: span.status,
    attributes: span.attributes,
    events: span.events.map(({ name, timeUnixNano, attributes }) => ({
      name,
      sinceStartMs: since(timeUnixNano),
      attributes,
    })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({ traceId, spanId, attributes })),
  };
}
