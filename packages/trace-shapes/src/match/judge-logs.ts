import type { LogRecord } from '../otlp/telemetry.ts';
import type { LogShape } from '../shape/log.ts';
import { type Bindings, holds, NOTHING_BOUND } from '../shape/predicate.ts';
import type { ExceptionShape, SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Claims } from './claims.ts';
import { isException, isLog } from './compare-log.ts';
import type { Fact } from './fact.ts';
import type { Pairing } from './pairing.ts';
import { createStrays } from './stray-logs.ts';

/** The mistakes in logs: those that spans ask for, those that the run asks for, and exceptions that may be either. */
export function logFacts(claims: Claims, logs: readonly LogRecord[], expected: readonly LogShape[]): readonly Fact[] {
  const asking = claims.pairings.filter(({ pairing: { shape } }) => shape.logs.length > 0 || shape.exception);
  if (asking.length === 0 && expected.length === 0) return [];
  const bySpan = Map.groupBy(logs, ({ traceId, spanId }) => `${traceId} ${spanId}`);
  const nodes = new Map(claims.traces.flatMap((trace) => trace.nodes.map((node) => [keyOf(node), node] as const)));
  const strays = createStrays(
    logs.filter((record) => !isAtHome(record)),
    [...nodes.keys()],
  );
  return [...asking.flatMap(({ pairing }) => spanFacts(pairing)), ...expected.flatMap(runFacts)];

  function isAtHome(record: LogRecord): boolean {
    const node = nodes.get(`${record.traceId} ${record.spanId}`);
    const wanted = node && claims.meanings.get(node)?.logs;
    return wanted?.some((log) => !log.forbidden && isLog(log, record, NOTHING_BOUND)) ?? false;
  }

  function spanFacts({ shape, node, bindings }: Pairing): readonly Fact[] {
    const own = bySpan.get(keyOf(node)) ?? [];
    const unexpected = forbiddenFacts(shape.logs, own, bindings, { shape, node });
    const lacking = shape.logs.filter((log) => !log.forbidden && !own.some((record) => isLog(log, record, bindings)));
    const missing = lacking.map((log): Fact => {
      const record = strays.take(node.span, (one) => isLog(log, one, bindings));
      if (!record)
        return {
          code: 'missing-log',
          log,
          shape,
          node,
          nearest: own.find((one) => holds(log.body, one.body, bindings)),
        };
      return { code: 'uncorrelated-log', log, shape, node, record, found: spanOf(record) };
    });
    return [...unexpected, ...missing, ...(shape.exception ? exceptionFacts(shape.exception, own) : [])];

    function exceptionFacts(exception: ExceptionShape, records: readonly LogRecord[]): readonly Fact[] {
      const told = [...node.span.events, ...records];
      if (told.some((one) => isException(exception, one, bindings))) return [];
      const actual = told.filter((one) => isException(ANY_EXCEPTION, one, bindings));
      const types = actual.map(({ attributes }) =>
        String(attributes['exception.type'] ?? attributes['exception.message']),
      );
      return [{ code: 'missing-event', shape, node, exception, actual: types }];
    }
  }

  function runFacts(log: LogShape): readonly Fact[] {
    if (log.forbidden) return forbiddenFacts([log], logs, NOTHING_BOUND);
    const such = logs.filter((record) => isLog(log, record, NOTHING_BOUND));
    if (such.length === 0)
      return [
        { code: 'missing-log', log, nearest: logs.find((record) => holds(log.body, record.body, NOTHING_BOUND)) },
      ];
    if (!log.correlated) return [];
    return such
      .filter((record) => !spanOf(record))
      .map((record) => ({ code: 'uncorrelated-log', log, record, found: undefined }));
  }

  function spanOf({ traceId, spanId }: LogRecord): SpanNode | undefined {
    return nodes.get(`${traceId} ${spanId}`);
  }
}

/** Each log that is there although its shape forbids it. */
function forbiddenFacts(
  shapes: readonly LogShape[],
  records: readonly LogRecord[],
  bindings: Bindings,
  where: { readonly shape?: SpanShape; readonly node?: SpanNode } = {},
): readonly Fact[] {
  const forbidden = shapes.filter((log) => log.forbidden);
  return forbidden.flatMap((log) =>
    records
      .filter((record) => isLog(log, record, bindings))
      .map((record): Fact => ({ code: 'unexpected-log', log, record, ...where })),
  );
}

function keyOf({ span }: SpanNode): string {
  return `${span.traceId} ${span.spanId}`;
}

const ANY_EXCEPTION: ExceptionShape = { of: undefined, message: undefined };
