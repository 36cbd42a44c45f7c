/** What a line of the shop's log says, whether the shop wrote it by itself or by pino. */
export type ParsedLine = {
  readonly level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  readonly service: string | undefined;
  readonly message: string;
  /** `undefined` where the line does not say to which trace it belongs. */
  readonly traceId: string | undefined;
};

/** Reads a line of the log; `undefined` for whatever else a process prints. */
export function parseLogLine(line: string): ParsedLine | undefined {
  return line.startsWith('{') ? parseJsonLine(line) : parseOwnLine(line);
}

/** `02:00:02.293 WARN shop payment gateway timeout, retrying`. */
function parseOwnLine(line: string): ParsedLine | undefined {
  const [, level, service, message] = /^\d\d:\d\d:\d\d\.\d{3} (INFO|WARN|ERROR) (\S+) (.*)$/.exec(line) ?? [];
  if (level === undefined || message === undefined) return undefined;
  return { level: level as ParsedLine['level'], service, message, traceId: undefined };
}

function parseJsonLine(line: string): ParsedLine | undefined {
  const record = readObject(line);
  const message = record?.msg ?? record?.message;
  const level = levelOf(record?.level ?? record?.severity);
  if (typeof message !== 'string' || !level) return undefined;
  return {
    level,
    service: textOf(record?.service ?? record?.name),
    message,
    traceId: textOf(record?.trace_id ?? record?.traceId),
  };
}

function readObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Pino writes 10, 20, … 60 unless it is told to write words. */
function levelOf(level: unknown): ParsedLine['level'] | undefined {
  if (typeof level === 'number') return LEVELS[Math.min(Math.max(Math.floor(level / 10), 1), 6) - 1];
  return LEVELS.find((known) => known === String(level).toUpperCase());
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
