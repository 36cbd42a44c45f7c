import { expect, test } from 'vitest';
import { SKETCH_START_MS, type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { judgeSuspects } from './judge-suspects.ts';
import { toNight } from './night.ts';

test('leaves everybody open when no span came for the hanging checkout', () => {
  expect(verdictsOf([])).toEqual(NOBODY);
});

test('charges payments when the call to it takes most of the time', () => {
  const slow = [ORDER, { ...CHARGE, for: 7_500 }];
  expect(verdictsOf(slow)).toEqual({ ...NOBODY, payments: 'charged' });
});

test('charges the warehouse for a reservation that nothing below explains, and keeps the database open', () => {
  const shopOnly = [ORDER, CHARGE, RESERVE, { ...QUERY, parent: '1', id: 'e', at: 0, for: 5 }];
  expect(verdictsOf(shopOnly)).toEqual({ ...NOBODY, payments: 'cleared', warehouse: 'charged' });
  const bothSides = [ORDER, CHARGE, RESERVE, SERVER];
  expect(verdictsOf(bothSides)).toEqual({ ...NOBODY, payments: 'cleared', warehouse: 'charged' });
});

test('moves the charge on to the database when a query on the stock row is what the warehouse waited for', () => {
  const { reasons, verdicts } = judge([ORDER, CHARGE, RESERVE, SERVER, QUERY]);
  expect(verdicts).toEqual({ ...NOBODY, payments: 'cleared', warehouse: 'cleared', database: 'charged' });
  expect([reasons.warehouse, reasons.database]).toMatchInlineSnapshot(`
    [
      "\`reserve stock\` took 7.80 s, 98 % of the 7.99 s, but it only waited, for \`pg.query:UPDATE purl\`.",
      "\`pg.query:UPDATE purl\` took 7.70 s, 96 % of the 7.99 s: it waited for a row of stock, and no span says who held it.",
    ]
  `);
});

test('charges the report when the checkout was through as soon as it had ended, and clears whom it kept waiting', () => {
  const { reasons, verdicts } = judge([ORDER, CHARGE, RESERVE, SERVER, QUERY, REPORT]);
  expect(verdicts).toEqual({
    ...NOBODY,
    payments: 'cleared',
    warehouse: 'cleared',
    database: 'cleared',
    'merino-drop': 'cleared',
    'nightly-report': 'charged',
  });
  expect([reasons.database, reasons['nightly-report']]).toMatchInlineSnapshot(`
    [
      "\`pg.query:UPDATE purl\` took 7.70 s, 96 % of the 7.99 s, waiting for a row that the nightly report held.",
      "\`nightly-report\` took 8.05 s, and 145 ms after its end the checkout was through.",
    ]
  `);
});

test('clears a report that was over long before', () => {
  expect(verdictsOf([ORDER, { ...REPORT, for: 900 }])).toEqual({ ...NOBODY, 'nightly-report': 'cleared' });
});

test('clears the drop when others were served quickly meanwhile, and charges it when they were not', () => {
  const visits = (ms: number) =>
    Array.from(
      { length: 6 },
      (_, i): SketchedSpan => ({
        trace: `c${i}`,
        id: `c${i}`,
        name: 'GET /yarns',
        kind: 'server',
        at: 1_000 + 500 * i,
        for: ms,
      }),
    );
  expect(verdictsOf([ORDER, ...visits(12)])).toEqual({ ...NOBODY, 'merino-drop': 'cleared' });
  expect(verdictsOf([ORDER, ...visits(4_000)])).toEqual({ ...NOBODY, 'merino-drop': 'charged' });
});

test('clears the deploy when the work that it touched ran after the answer, and only if it is in the trace of the order', () => {
  expect(verdictsOf([ORDER, CONFIRMATION])).toEqual({ ...NOBODY, deploy: 'cleared' });
  const { parent, ...lost } = CONFIRMATION;
  expect(verdictsOf([ORDER, { ...lost, trace: 'b' }])).toEqual(NOBODY);
  expect(verdictsOf([ORDER, { ...CONFIRMATION, at: 300, for: 7_000 }])).toEqual({ ...NOBODY, deploy: 'charged' });
});

function verdictsOf(spans: readonly SketchedSpan[]) {
  return judge(spans).verdicts;
}

function judge(spans: readonly SketchedSpan[]) {
  const checkout = { wishes: {}, card: 'tok_ok', basketId: 'B-1', startedAtMs: SKETCH_START_MS, durationMs: 8_000 };
  const hanging = { ...checkout, status: 201, orderId: 'P-1' };
  const facts = { hanging, checkouts: [hanging], gatewayMs: [] };
  const board = judgeSuspects(toNight({ facts, telemetry: sketchTelemetry(spans), log: [] }));
  return {
    verdicts: Object.fromEntries(board.map(({ suspect, verdict }) => [suspect, verdict])),
    reasons: Object.fromEntries(board.map(({ suspect, reason }) => [suspect, reason])),
  };
}

const NOBODY = {
  payments: 'open',
  database: 'open',
  warehouse: 'open',
  deploy: 'open',
  'merino-drop': 'open',
  'nightly-report': 'open',
};

const sketch = <S extends SketchedSpan>(span: S) => span;
const ORDER = sketch({ trace: 'a', id: '1', name: 'POST /orders', kind: 'server', at: 5, for: 7_990 });
const CHARGE = sketch({ trace: 'a', id: '2', parent: '1', name: 'charge card', kind: 'client', at: 20, for: 140 });
const RESERVE = sketch({
  trace: 'a',
  id: '3',
  parent: '1',
  name: 'reserve stock',
  kind: 'client',
  at: 170,
  for: 7_800,
});
const SERVER = sketch({
  trace: 'a',
  id: '4',
  parent: '3',
  name: 'POST /reservations',
  kind: 'server',
  service: 'warehouse',
  at: 175,
  for: 7_790,
});
const QUERY = sketch({
  trace: 'a',
  id: '5',
  parent: '4',
  name: 'pg.query:UPDATE purl',
  kind: 'client',
  service: 'warehouse',
  at: 180,
  for: 7_700,
  attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'update stock set on_hand = on_hand - $3' },
});
const REPORT = sketch({ trace: 'd', id: 'd', name: 'nightly-report', service: 'worker', at: -200, for: 8_050 });
const CONFIRMATION = sketch({
  trace: 'a',
  id: '6',
  parent: '1',
  name: 'send confirmation',
  at: 8_050,
  for: 20,
  attributes: { 'purl.order.id': 'P-1' },
});
