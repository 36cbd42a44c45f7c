import type { LogRecord } from '../otlp/telemetry.ts';
import { type LogShape, severityOf } from '../shape/log.ts';
import { type Bindings, holds } from '../shape/predicate.ts';
import type { ExceptionShape } from '../shape/shape.ts';

/** Whether a log is as its shape says, the span that it belongs to left aside. */
export function isLog(shape: LogShape, record: LogRecord, bindings: Bindings): boolean {
  const { body, severity, eventName, service, scope, attributes } = shape;
  return (
    holds(body, record.body, bindings) &&
    (severity === undefined || severityOf(record.severityNumber) === severity) &&
    (eventName === undefined || holds(eventName, record.eventName, bindings)) &&
    (service === undefined || holds(service, record.service, bindings)) &&
    (scope === undefined || holds(scope, record.scope.name, bindings)) &&
    Object.entries(attributes).every(([key, expected]) => holds(expected, record.attributes[key], bindings))
  );
}

/** Whether the attributes of an event or a log tell of an exception, and of this one. */
export function isException(
  { of, message }: ExceptionShape,
  { attributes }: Pick<LogRecord, 'attributes'>,
  bindings: Bindings,
): boolean {
  const [type, text] = [attributes['exception.type'], attributes['exception.message']];
  return (
    (type !== undefined || text !== undefined) &&
    (of === undefined || holds(of, type, bindings)) &&
    (message === undefined || holds(message, text, bindings))
  );
}
