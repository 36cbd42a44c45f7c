import { anySpan, type LogRecord, type SpanNode } from 'trace-shapes';
import { parseLogLine } from '../../workshop/app/parse-log-line.ts';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { judgeSignals } from '../../workshop/check/signal-check.ts';
import { lines } from './expected.ts';

/** Lines arrive over OTLP and name their trace; the line of an order names that order's; and so does what is printed. */
export function judgeLines(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const found = judgeSignals(run, aids, lines);
  if (found.length > 0) return found;
  const astray = ordersOf(run).flatMap((order) => astrayOf(order, run, aids));
  return astray.length > 0 ? astray.slice(0, 1) : judgePrinted(run, aids);
}

type Order = { readonly id: string; readonly node: SpanNode };

/** The orders that were placed, each with the span of its checkout. */
function ordersOf({ facts, traces }: StageRun): readonly Order[] {
  const checkouts = traces.flatMap(({ nodes }) => nodes).filter(({ span }) => /^POST \/orders$/.test(span.name));
  return facts.checkouts.flatMap(({ orderId: id }) => {
    const node = checkouts.find(({ span }) => span.attributes['purl.order.id'] === id);
    return id !== undefined && node ? { id, node } : [];
  });
}

function astrayOf({ id, node }: Order, { telemetry }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const record = telemetry.logs.find((one) => isPlaced(one, id));
  if (!record || record.traceId === node.span.traceId) return [];
  return [
    findingOf({
      code: 'uncorrelated-log',
      message: `The line that ${id} was placed is not in the trace of its order.`,
      hint: 'Take the ids of the span that is active when the line is written, not those of one that was active some time before.',
      expected: node.span.traceId,
      actual: record.traceId ?? 'no trace',
      span: node.span.name,
      traceId: node.span.traceId,
      location: locate(LOGGER),
    }),
  ];
}

function isPlaced({ body, attributes }: LogRecord, id: string): boolean {
  const text = String(body);
  return /\bplaced\b/.test(text) && (text.includes(id) || Object.values(attributes).includes(id));
}

/** What a process prints is what there is when nothing can be sent. */
function judgePrinted({ log, traces }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const printed = log.filter(({ process, line }) => process === 'shop' && /order\b.*\bplaced/.test(line));
  const known = new Set(traces.map(({ traceId }) => traceId));
  const without = printed.filter(({ line }) => !namesTrace(line, known));
  const [first] = without;
  if (!first) return [];
  const message = parseLogLine(first.line)?.message ?? first.line;
  return [
    findingOf({
      code: 'uncorrelated-log',
      message: `The shop prints "${message}" without the ids of its trace.`,
      hint: 'Over OTLP it has them; whoever reads what the process prints has nothing to look up. The instrumentation of pino adds `trace_id` and `span_id`, unless `disableLogCorrelation` is set.',
      expected: 'a line with the id of its trace',
      actual: first.line,
      span: 'POST /orders',
      location: locate(LOGGER),
      times: without.length,
    }),
  ];
}

function namesTrace(line: string, known: ReadonlySet<string>): boolean {
  return (line.match(/\b[0-9a-f]{32}\b/g) ?? []).some((id) => known.has(id));
}

const LOGGER = { node: undefined, shape: anySpan(/./, { anchor: 'lib/log.ts#export const log' }) };
