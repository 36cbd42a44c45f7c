import { encodeOtlp } from './encode-otlp.ts';
import { MalformedTelemetry } from './malformed-telemetry.ts';
import { parseJson } from './parse-json.ts';
import { parseRequest, type Signal, TOP_FIELDS } from './parse-otlp.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Parses OTLP JSON lines, each of which is one request of any signal.
 * A last line without its newline, that is cut short, is left out: its writer was killed while it wrote.
 */
export function parseJsonLines(text: string): Telemetry {
  const batches = text.split('\n').map((line, index, lines) => parseLine(line, index, index === lines.length - 1));
  return joinTelemetry(batches);
}

/** One signal's telemetry as a line of OTLP JSON, newline included. */
export function toJsonLine(signal: Signal, telemetry: Telemetry): string {
  return `${JSON.stringify(encodeOtlp(signal, telemetry))}\n`;
}

/** Telemetry as OTLP JSON lines: one for each signal that it has any of. */
export function toJsonLines(telemetry: Telemetry): string {
  const { spans, logs, metrics } = telemetry;
  const lines = [
    spans.length > 0 ? toJsonLine('traces', telemetry) : '',
    logs.length > 0 ? toJsonLine('logs', telemetry) : '',
    metrics.length > 0 ? toJsonLine('metrics', telemetry) : '',
  ];
  return lines.join('');
}

/** Several batches as one, in their order. */
export function joinTelemetry(batches: readonly Telemetry[]): Telemetry {
  return {
    spans: batches.flatMap((batch) => batch.spans),
    logs: batches.flatMap((batch) => batch.logs),
    metrics: batches.flatMap((batch) => batch.metrics),
  };
}

function parseLine(line: string, index: number, isLast: boolean): Telemetry {
  if (line.trim() === '' || (isLast && !line.trimEnd().endsWith('}'))) return NOTHING;
  try {
    return parseJson(line, (request) => {
      const signal = SIGNALS.find((name) => request[TOP_FIELDS[name]] !== undefined);
      if (signal !== undefined) return parseRequest(signal, request);
      throw new MalformedTelemetry('', `has none of ${Object.values(TOP_FIELDS).join(', ')}.`);
    });
  } catch (error) {
    if (!(error instanceof MalformedTelemetry)) throw error;
    throw new MalformedTelemetry(`line ${index + 1}`, error.message);
  }
}

const SIGNALS: readonly Signal[] = ['traces', 'logs', 'metrics'];
const NOTHING: Telemetry = { spans: [], logs: [], metrics: [] };
