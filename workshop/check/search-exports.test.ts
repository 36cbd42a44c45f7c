import { buildTraces, parseOtlpJson } from 'trace-shapes';
import { expect, test } from 'vitest';
import { searchExports } from './search-exports.ts';

const text = (stringValue: string) => ({ stringValue });
const attribute = (key: string, value: object) => ({ key, value });
const SECRET = [attribute('note', text('a secret'))];

const places: readonly (readonly [what: string, part: object])[] = [
  ['`note`', { attributes: SECRET }],
  ['`secret`', { attributes: [attribute('secret', text(''))] }],
  ['`list`', { attributes: [attribute('list', { arrayValue: { values: [{ kvlistValue: { values: SECRET } }] } })] }],
  ['`query`', { attributes: [attribute('query', text('q=a+sec%72et'))] }],
  ['its name', { name: 'a secret' }],
  ["its status' message", { status: { code: 2, message: 'a secret' } }],
  ['its event `exception`', { events: [{ name: 'exception', attributes: SECRET }] }],
  ['a link', { links: [{ traceId: id(32), spanId: id(16), attributes: SECRET }] }],
  ['its trace state', { traceState: 'a=secret' }],
];

test.each(places)('finds what stands in %s of a span', (where, part) => {
  expect(placesIn('traces', { resourceSpans: [{ scopeSpans: [{ spans: [spanWith(part)] }] }] })).toEqual([
    ['span', where],
  ]);
});

test('finds what stands on the resource, once for each span that came with it', () => {
  const spans = [spanWith({}), spanWith({ spanId: id(16, '2') })];
  expect(
    placesIn('traces', { resourceSpans: [{ resource: { attributes: SECRET }, scopeSpans: [{ spans }] }] }),
  ).toEqual([
    ['span', 'the resource'],
    ['span', 'the resource'],
  ]);
});

test('finds what stands in a log, and among the attributes of a metric', () => {
  const logRecords = [{ body: text('a secret') }, { attributes: SECRET }, { body: text('nothing') }];
  expect(placesIn('logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] })).toEqual([
    ['log', 'its text'],
    ['log', '`note`'],
  ]);
  const metrics = [{ name: 'm', sum: { dataPoints: [{ asInt: '1', attributes: SECRET }] } }];
  expect(placesIn('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })).toEqual([['metric', '`note`']]);
});

test('finds nothing where there is nothing', () => {
  expect(placesIn('traces', { resourceSpans: [{ scopeSpans: [{ spans: [spanWith({})] }] }] })).toEqual([]);
});

function placesIn(signal: 'traces' | 'logs' | 'metrics', request: object) {
  const telemetry = parseOtlpJson(signal, JSON.stringify(request));
  const traces = buildTraces(telemetry.spans);
  return searchExports({ telemetry, traces }, (found) => found.includes('secret')).map(({ signal: from, where }) => [
    from,
    where,
  ]);
}

function spanWith(part: object): object {
  return {
    traceId: id(32),
    spanId: id(16),
    name: 'work',
    kind: 1,
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
    ...part,
  };
}

function id(length: number, digit = '1'): string {
  return digit.repeat(length);
}
