import { expect, test } from 'vitest';
import { parseLogLine } from './parse-log-line.ts';

test("reads the shop's own lines", () => {
  expect(parseLogLine('02:00:02.293 WARN shop payment gateway timeout, retrying')).toEqual({
    level: 'WARN',
    service: 'shop',
    message: 'payment gateway timeout, retrying',
    traceId: undefined,
  });
});

test('reads the lines of pino, with its numbers or with words, and their trace', () => {
  const line = { level: 40, time: 1, service: 'shop', trace_id: 'abc', span_id: 'd', msg: 'card was slow' };
  const read = { level: 'WARN', service: 'shop', message: 'card was slow', traceId: 'abc' };
  expect(parseLogLine(JSON.stringify(line))).toEqual(read);
  expect(parseLogLine(JSON.stringify({ ...line, level: 'warn' }))).toEqual(read);
});

test.each(['', 'Error: out of wool', '{"level":30}', '{"msg":"hm"}', '{ not JSON', 'null'])(
  'leaves %j alone',
  (line) => {
    expect(parseLogLine(line)).toBeUndefined();
  },
);
