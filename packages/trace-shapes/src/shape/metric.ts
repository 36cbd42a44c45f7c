import type { MetricType } from '../otlp/telemetry.ts';
import { type Predicate, type PredicateInput, toPredicate, toPredicates } from './predicate.ts';

/** What one metric must be like. */
export interface MetricShape {
  readonly type: 'metric';
  readonly name: string;
  readonly unit: Predicate | undefined;
  readonly instrument: MetricType | undefined;
  /** Of a sum: whether it only grows, as a counter does. */
  readonly monotonic: boolean | undefined;
  /** What at least one of its points must carry. */
  readonly attributes: Readonly<Record<string, Predicate>>;
  readonly service: Predicate | undefined;
  readonly scope: Predicate | undefined;
  /** The most combinations of attributes that it may have. */
  readonly atMostSeries: number;
}

/** What a metric must have beside its name. Everything left out is not looked at. */
export interface MetricExpectation {
  readonly unit?: PredicateInput;
  readonly type?: MetricType;
  readonly monotonic?: boolean;
  readonly attributes?: Readonly<Record<string, PredicateInput>>;
  readonly service?: PredicateInput;
  readonly scope?: PredicateInput;
  readonly atMostSeries?: number;
}

/**
 * A metric, by its name. It may have up to 100 series unless `atMostSeries` says otherwise, and no ids among its
 * attributes.
 * @example metric('orders.placed', { unit: '{order}', type: 'sum', monotonic: true, attributes: { outcome: 'approved' } })
 */
export function metric(name: string, expectation: MetricExpectation = {}): MetricShape {
  const { unit, type, monotonic, attributes, service, scope, atMostSeries = 100 } = expectation;
  const optional = (input: PredicateInput | undefined) => (input === undefined ? undefined : toPredicate(input));
  return {
    type: 'metric',
    name,
    unit: optional(unit),
    instrument: type,
    monotonic,
    attributes: toPredicates(attributes),
    service: optional(service),
    scope: optional(scope),
    atMostSeries,
  };
}
