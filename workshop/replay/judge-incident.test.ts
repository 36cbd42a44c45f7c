import { buildTraces } from 'trace-shapes';
import { expect, test } from 'vitest';
import type { StoredNight } from '../telemetry/stored-night.ts';
import { SKETCH_START_MS, type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { judgeNight } from './judge-incident.ts';
import { tellTraces } from './tell-traces.ts';

test('accepts the cause with a checkout that waited and the trace of who held, by trace or by span, whole or shortened', () => {
  expect(messageFor(answer({}))).toBe('passes');
  expect(messageFor(answer({ waited: WAITED.padEnd(32, '0'), held: `span ${'5b'.padEnd(16, '0')}` }))).toBe('passes');
});

test('shows the first answer beside the last one', () => {
  expect(judge(answer({})).remark).toBe(
    'At first you suspected payments, by "02:00:02.293 WARN shop payment gateway timeout, retrying". It was `delivery`, and two traces say so.',
  );
});

test('asks for a replay where there was none, and for the headings that are missing', () => {
  expect(judgeNight(bench(answer({})), undefined, 'workbench').findings[0]?.message).toMatch(
    /^No night has been replayed/,
  );
  expect(messageFor(FIRST)).toBe('INCIDENT.md has nothing below "Cause".');
  expect(messageFor(answer({ waited: '' }))).toBe('INCIDENT.md has nothing below "Waited".');
  expect(messageFor(answer({ held: '<!-- later -->' }))).toBe('INCIDENT.md has nothing below "Held".');
});

test.each([
  ['a cause that nobody knows', { cause: 'the moon' }, 'INCIDENT.md names a cause that is not known here: "the moon".'],
  [
    'a line without an id',
    { waited: 'WARN shop payment gateway timeout, retrying' },
    'Below "Waited" INCIDENT.md names no trace: "WARN shop payment gateway timeout, retrying".',
  ],
  [
    'an id that never arrived',
    { held: 'deadbeefdeadbeef' },
    'No trace deadbeefdeadbeef arrived in the last replayed night, of 2026-11-20 02:00:10 UTC.',
  ],
  [
    'somebody who did not wait',
    { waited: 'ccc10000' },
    'The trace below "Waited" is no checkout that hung: it is `GET /yarns` of shop, 12 ms.',
  ],
  [
    'one who waited as the one who held',
    { held: 'aaa20000' },
    'The trace below "Held" kept nobody waiting: it is `POST /orders` of shop, 6.00 s. It waited itself.',
  ],
  [
    'the same trace twice',
    { held: 'aaa10000' },
    'The trace below "Held" kept nobody waiting: it is `POST /orders` of shop, 7.00 s. It is the one that waited.',
  ],
  [
    'a job that was over before',
    { held: 'ddd10000' },
    'The trace below "Held" kept nobody waiting: it is `process restock` of worker, 200 ms. It did not run while the checkout waited.',
  ],
  [
    'a job that ran for a part of the wait',
    { held: 'ddd20000' },
    'The trace below "Held" kept nobody waiting: it is `process restock` of worker, 1.00 s. It ran for 1.00 s of the 7.00 s that the checkout waited, no more.',
  ],
  [
    'a job that ran all the while',
    { held: 'ddd30000' },
    'The trace below "Held" kept nobody waiting: it is `process customer-export` of worker, 8.00 s. It ran all the while, and that is all that speaks against it: nothing that it did is what the checkout waited for.',
  ],
  [
    'the evidence of somebody else',
    { cause: 'nightly report' },
    'The evidence is right, and it speaks against somebody else than `nightly-report`: it is `process delivery` of worker, 7.20 s.',
  ],
  [
    'a guess, which is told what it lacks and not whether it is right',
    { cause: 'payments', held: 'ddd30000' },
    expect.stringMatching(/^The trace below "Held" kept nobody waiting/),
  ],
])('tells %s apart', (_, given, message) => {
  expect(messageFor(answer(given))).toEqual(message);
});

test('takes a slow payments service, and checkouts that failed before, for what they are', () => {
  const slow = tellTraces(buildTraces(sketchTelemetry(NIGHT).spans), 'payments').filter(({ held }) => held);
  expect(slow.map(({ traceId }) => traceId.slice(0, 4))).toEqual(['aaa2']);
  const leaked = tellTraces(buildTraces(sketchTelemetry(NIGHT).spans), 'checkout').filter(({ held }) => held);
  expect(leaked.map(({ traceId }) => traceId.slice(0, 4))).toEqual(['eee5']);
});

function messageFor(text: string): string {
  const { findings } = judge(text);
  return findings[0]?.message ?? 'passes';
}

function judge(text: string) {
  const traces = tellTraces(buildTraces(sketchTelemetry(NIGHT).spans), 'delivery');
  const at = new Date(SKETCH_START_MS + 10_000).toISOString();
  const night: StoredNight = { cause: 'delivery', dir: '/bench', at, traces };
  return judgeNight(bench(text), night, 'workbench');
}

function bench(text: string): ReadonlyMap<string, Buffer> {
  return new Map([['INCIDENT.md', Buffer.from(text)]]);
}

function answer(given: { readonly cause?: string; readonly waited?: string; readonly held?: string }): string {
  const { cause = 'delivery', waited = WAITED, held = 'bbb10000' } = given;
  return `${FIRST}\n## Cause\n${cause}\n\n## Waited\n${waited}\n\n## Held\n${held}\n`;
}

const FIRST = `# Incident

## Suspect
payments

## Evidence
02:00:02.293 WARN shop payment gateway timeout, retrying

## Whom to page
Ines
`;

const WAITED = 'aaa10000';

const order = { name: 'POST /orders', kind: 'server' } as const;
const NIGHT: readonly SketchedSpan[] = [
  {
    trace: 'eee5',
    id: '1e',
    at: 0,
    for: 160,
    error: true,
    attributes: { 'http.response.status_code': '500' },
    ...order,
  },
  { trace: 'ddd1', id: '1d', name: 'process restock', service: 'worker', at: 100, for: 200 },
  { trace: 'bbb1', id: '5b', name: 'process delivery', service: 'worker', at: 400, for: 7_200 },
  { trace: 'ddd3', id: '3d', name: 'process customer-export', service: 'worker', at: 300, for: 8_000 },
  { trace: 'aaa1', id: '1a', at: 500, for: 7_000, ...order },
  { trace: 'aaa2', id: '2a', at: 1_000, for: 6_000, ...order },
  {
    trace: 'aaa2',
    id: '3a',
    parent: '2a',
    name: 'POST /charges',
    kind: 'server',
    service: 'payments',
    at: 1_100,
    for: 5_000,
  },
  { trace: 'ccc1', id: '1c', name: 'GET /yarns', kind: 'server', at: 2_000, for: 12 },
  { trace: 'ddd2', id: '2d', name: 'process restock', service: 'worker', at: 3_000, for: 1_000 },
];
