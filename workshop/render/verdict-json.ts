import type { StageVerdict } from '../check/stage-verdict.ts';

/** The verdict as `check --json` prints it: stable for tools, without pictures. */
export function toVerdictJson({ stage, status, durationMs, checks }: StageVerdict): object {
  return {
    stage,
    status,
    durationMs,
    checks: checks.map(({ id, title, status: checkStatus, findings }) => ({
      id,
      title,
      status: checkStatus,
      findings: findings.map(({ code, message, hint, expected, actual, service, span, traceId, location }) => ({
        code,
        message,
        hint,
        expected,
        actual,
        service: service ?? null,
        span: span ?? null,
        traceId: traceId ?? null,
        location: location ?? null,
      })),
    })),
  };
}
