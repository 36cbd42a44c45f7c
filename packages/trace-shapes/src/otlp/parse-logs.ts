import { readAttributes, readValue } from './parse-attributes.ts';
import { type Origin, readItemsByOrigin } from './parse-origin.ts';
import { type Fields, readString } from './read-fields.ts';
import { readId } from './read-id.ts';
import { readCount, readEnum, readTime } from './read-numbers.ts';
import type { LogRecord } from './telemetry.ts';

/** The log records of a decoded logs request. */
export function parseLogs(request: Fields): LogRecord[] {
  return readItemsByOrigin(request, { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' }, parseLog);
}

function parseLog(log: Fields, { resource, scope, service }: Origin): LogRecord {
  return {
    timeUnixNano: readTime(log.timeUnixNano, 'timeUnixNano'),
    observedTimeUnixNano: readTime(log.observedTimeUnixNano, 'observedTimeUnixNano'),
    severityNumber: readEnum(log.severityNumber, 'severityNumber', 'SEVERITY_NUMBER_', SEVERITIES),
    severityText: readString(log.severityText, 'severityText'),
    body: readValue(log.body, 'body'),
    attributes: readAttributes(log.attributes),
    droppedAttributesCount: readCount(log.droppedAttributesCount, 'droppedAttributesCount'),
    eventName: readString(log.eventName, 'eventName'),
    flags: readCount(log.flags, 'flags'),
    traceId: readId(log.traceId, 'traceId', 16),
    spanId: readId(log.spanId, 'spanId', 8),
    resource,
    scope,
    service,
  };
}

const SEVERITIES: readonly string[] = [
  'unspecified',
  ...['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [
    level,
    `${level}2`,
    `${level}3`,
    `${level}4`,
  ]),
];
