import { anySpan, explain, type LogShape, type MetricShape, match, telemetry } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { nothingToLookAt } from './common-checks.ts';

/** A log or a metric that a stage asks for, and where its mistakes are mended. */
export type WantedSignal = {
  readonly log?: LogShape;
  readonly metric?: MetricShape;
  /** The span that a log belongs to. */
  readonly span?: string;
  /** `file#text` of the line to change. */
  readonly anchor: string;
  /** What to tell whoever makes the mistake with this code. */
  readonly hints?: Readonly<Record<string, string>>;
};

/**
 * The mistakes in the first log or metric that has any: one that is missing in all of them has one cause, and is told
 * once.
 */
export function judgeSignals(
  { telemetry: { logs, metrics }, traces }: StageRun,
  { locate }: CheckAids,
  wanted: readonly WantedSignal[],
): readonly CheckFinding[] {
  if (traces.length === 0) return [nothingToLookAt];
  for (const { log, metric, span, anchor, hints = {} } of wanted) {
    const shape = telemetry({ ...(log && { logs: [log] }), ...(metric && { metrics: [metric] }) });
    const { findings } = explain(match(shape, { traces, logs, metrics }));
    const location = locate({ node: undefined, shape: anySpan(metric?.name ?? /./, { anchor }) });
    const told = findings.map((finding) => ({ ...finding, span, location, hint: hints[finding.code] ?? finding.hint }));
    if (told.length > 0) return told;
  }
  return [];
}
