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
    timeUnixNano: readTime(log, 'timeUnixNano'),
    observedTimeUnixNano: readTime(log, 'observedTimeUnixNano'),
    severityNumber: readEnum(log, 'severityNumber', 'SEVERITY_NUMBER_', SEVERITIES),
    severityText: readString(log, 'severityText'),
    body: readValue(log, 'body'),
    attributes: readAttributes(log),
    droppedAttributesCount: readCount(log, 'droppedAttributesCount'),
    eventName: readString(log, 'eventName'),
    flags: readCount(log, 'flags'),
    traceId: readId(log, 'traceId', 16),
    spanId: readId(log, 'spanId', 8),
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
