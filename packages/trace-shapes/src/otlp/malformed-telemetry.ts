import { clip, toPlainText } from './plain-text.ts';

/** Telemetry that breaks OTLP's rules: `path` says where (`resourceSpans[0].scopeSpans[0].spans[3].traceId`), `problem` what. */
export class MalformedTelemetry extends Error {
  override readonly name = 'MalformedTelemetry';
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(toPlainText(path === '' ? problem : `${path}: ${problem}`));
    this.path = path;
    this.problem = problem;
  }
}

/** The same error seen from one level further out; anything else as it is. */
export function below(step: string, error: unknown): unknown {
  if (!(error instanceof MalformedTelemetry)) return error;
  const joint = error.path === '' || error.path.startsWith('[') ? '' : '.';
  return new MalformedTelemetry(`${step}${joint}${error.path}`, error.problem);
}

/** A value as it reads in a message: quoted, and never long. */
export function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? String(value));
  return clip(text, 61);
}
