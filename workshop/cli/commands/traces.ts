import { buildTraces, createPaint, type Trace } from 'trace-shapes';
import { renderTraceList } from '../../render/render-trace-list.ts';
import { findTrace } from '../../telemetry/find-trace.ts';
import { pickTraces, type TraceWishes } from '../../telemetry/pick-traces.ts';
import { startOfRun } from '../../telemetry/run-times.ts';
import type { StoredRun } from '../../telemetry/store.ts';
import { shortId, type TraceSummary } from '../../telemetry/summarise-trace.ts';
import { findService, parseLimit, readNewestRun } from '../newest-run.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = {
  readonly slow?: true;
  readonly errors?: true;
  readonly service?: string;
  readonly around?: string;
  readonly limit?: string;
  readonly night?: true;
  readonly json?: true;
};

/** `npm run traces`: what the newest run left. */
export const traces: WorkshopCommand = (declare, run) => {
  declare('traces', 'list the traces of the newest run')
    .option('--slow', 'the longest first')
    .option('--errors', 'only those with an error')
    .option('--service <name>', 'only those in which this service has a span')
    .option('--around <id>', 'only those that ran while this trace did, or within a second of it')
    .option('--limit <count>', 'how many to show; 40, if left out')
    .option('--night', 'of the last replayed night, whatever has run since')
    .option('--json', 'print all of them as JSON')
    .action(run(listTraces));
};

async function listTraces(surroundings: Surroundings, options: Options): Promise<number> {
  const stored = await readNewestRun(surroundings, options);
  const limit = parseLimit(options.limit, 40);
  const all = buildTraces(stored.telemetry.spans);
  const picked = pickTraces(all, wishesOf(options, all, stored));
  if (options.json)
    surroundings.print(JSON.stringify(toJson(stored, picked.slice(0, options.limit ? limit : undefined)), null, 2));
  else for (const line of render(stored, all, picked, limit, surroundings)) surroundings.print(line);
  return 0;
}

function wishesOf(options: Options, all: readonly Trace[], stored: StoredRun): TraceWishes {
  return {
    slow: options.slow === true,
    errors: options.errors === true,
    service: findService(stored, options.service),
    around: options.around === undefined ? undefined : findTrace(all, options.around),
  };
}

function render(
  stored: StoredRun,
  all: readonly Trace[],
  picked: readonly TraceSummary[],
  limit: number,
  { columns, colour }: Surroundings,
): readonly string[] {
  const { source, at, telemetry } = stored;
  const head = `  ${source}, ${at.slice(0, 16).replace('T', ' ')} UTC: ${all.length} traces of ${telemetry.spans.length} spans`;
  if (all.length === 0) return [head, '  No spans came. `npm run check` says why.'];
  if (picked.length === 0) return [head, '  None of them is like that.'];
  const left = picked.length - limit;
  const style = { width: Math.max(columns, 60), paint: createPaint(colour) };
  return [
    head,
    '',
    ...renderTraceList(picked.slice(0, limit), startOfRun(stored), style),
    ...(left > 0 ? [`  … and ${left} more: --limit ${picked.length} shows all`] : []),
    '',
    `  One of them as a tree: npm run trace ${shortId(picked[0]?.traceId ?? '')}`,
  ];
}

function toJson(stored: StoredRun, picked: readonly TraceSummary[]): object {
  const startMs = startOfRun(stored);
  return {
    source: stored.source,
    at: stored.at,
    startedAtMs: startMs,
    traces: picked.map((trace) => ({ ...trace, sinceStartMs: trace.startMs - startMs })),
  };
}
