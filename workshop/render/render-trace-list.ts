import { renderDuration } from 'trace-shapes/render';
import { shortId, type TraceSummary } from '../telemetry/summarise-trace.ts';
import { toLineText } from '../telemetry/terminal-text.ts';
import { renderClock, renderOffset } from './render-time.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws traces as a table, one line each. */
export function renderTraceList(
  traces: readonly TraceSummary[],
  startMs: number,
  { width, paint }: ScreenStyle,
): readonly string[] {
  const rows = traces.map((trace) => cellsOf(trace, startMs));
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const toCell = (cell: string, i: number) =>
    RIGHT.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  const columns = columnsThatFit(widths, width);
  const isShown = (_: string, i: number) => columns.has(i);
  const toLine = (row: readonly string[]) => clip(`  ${row.map(toCell).filter(isShown).join('  ')}`.trimEnd(), width);
  return [
    paint('dim', toLine(HEAD)),
    ...rows.map((row, i) => (isBad(traces[i]) ? paint('red', toLine(row)) : toLine(row))),
  ];
}

/** All that hold something; the clock where there is room, and the services where one can still be read. */
function columnsThatFit(widths: readonly number[], width: number): ReadonlySet<number> {
  const isWanted = (i: number) => (widths[i] ?? 0) > 0 && (i !== CLOCK || width >= ROOM_FOR_CLOCK);
  const wanted = [...widths.keys()].filter(isWanted);
  const others = wanted.filter((i) => i !== SERVICES);
  const left = width - others.reduce((sum, i) => sum + (widths[i] ?? 0) + 2, 2);
  return new Set(left < ROOM_FOR_SERVICES ? others : wanted);
}

function cellsOf(trace: TraceSummary, startMs: number): readonly string[] {
  return [
    shortId(trace.traceId),
    renderOffset(trace.startMs, startMs),
    renderClock(trace.startMs),
    renderDuration(trace.durationMs),
    String(trace.spans),
    [...renderWorkAfter(trace), renderState(trace)].filter((text) => text !== '').join(', '),
    clip(toLineText(trace.name), 32),
    toLineText(trace.services.join(', ')),
  ];
}

/** A job may take long after the request that asked for it: whoever looks for what was slow wants to know. */
function renderWorkAfter({ durationMs, longestMs }: TraceSummary): readonly string[] {
  return longestMs >= LONG_MS && longestMs > 2 * durationMs ? [`a span of ${renderDuration(longestMs)}`] : [];
}

/** What is wrong with a trace in few words, or nothing. */
export function renderState({ errors, missing }: TraceSummary): string {
  return [
    ...(errors > 0 ? [`${errors} error${errors === 1 ? '' : 's'}`] : []),
    ...(missing > 0 ? [`${missing} parent${missing === 1 ? '' : 's'} missing`] : []),
  ].join(', ');
}

function isBad(trace: TraceSummary | undefined): boolean {
  return trace !== undefined && trace.errors + trace.missing > 0;
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const HEAD = ['trace', 'start', 'clock (UTC)', 'took', 'spans', '', 'name', 'services'];
const LONG_MS = 1_000;
const CLOCK = 2;
const SERVICES = 7;
const ROOM_FOR_CLOCK = 96;
const ROOM_FOR_SERVICES = 6;
const RIGHT = new Set([1, 3, 4]);
