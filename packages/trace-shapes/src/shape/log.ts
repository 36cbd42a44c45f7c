import { type Predicate, type PredicateInput, toPredicate, toPredicates } from './predicate.ts';

/** How bad what a log tells is, in OpenTelemetry's six ranges of numbers. */
export type Severity = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** What one log record must be like. */
export interface LogShape {
  readonly type: 'log';
  readonly body: Predicate;
  readonly severity: Severity | undefined;
  readonly attributes: Readonly<Record<string, Predicate>>;
  readonly eventName: Predicate | undefined;
  readonly service: Predicate | undefined;
  readonly scope: Predicate | undefined;
  /** Whether it must name a span that came. Among a span's own logs that is asked for anyway. */
  readonly correlated: boolean;
  /** Whether a log like this is a mistake, as `never` makes it. */
  readonly forbidden: boolean;
}

/** What a log must have beside its body. Everything left out is not looked at. */
export interface LogExpectation {
  readonly severity?: Severity;
  readonly attributes?: Readonly<Record<string, PredicateInput>>;
  readonly eventName?: PredicateInput;
  readonly service?: PredicateInput;
  readonly scope?: PredicateInput;
  readonly correlated?: boolean;
}

/**
 * A log record, by its body. On a span it must carry that span's ids; in `telemetry(…)` it may come from anywhere.
 * @example client('charge card', { logs: [log('card declined', { severity: 'warn' })] })
 */
export function log(body: PredicateInput, expectation: LogExpectation = {}): LogShape {
  const { severity, attributes, eventName, service, scope, correlated = false } = expectation;
  const optional = (input: PredicateInput | undefined) => (input === undefined ? undefined : toPredicate(input));
  return {
    type: 'log',
    body: toPredicate(body),
    severity,
    attributes: toPredicates(attributes),
    eventName: optional(eventName),
    service: optional(service),
    scope: optional(scope),
    correlated,
    forbidden: false,
  };
}

/** The severity that a number stands for; `undefined` where none was given. */
export function severityOf(severityNumber: number): Severity | undefined {
  return SEVERITIES[Math.ceil(severityNumber / 4) - 1];
}

const SEVERITIES: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
