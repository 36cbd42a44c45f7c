import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openBay } from '../check/open-bay.ts';
import { renderLedger } from '../render/render-ledger.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { writeTree } from '../stages/write-tree.ts';
import { type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { countOrders, countTraces } from './count-orders.ts';
import { drawLedger } from './draw-ledger.ts';
import { type Ledger, originOf } from './ledger.ts';
import { measureSampling } from './measure-sampling.ts';
import { measureState } from './measure-state.ts';
import { readSection, rewriteSection } from './rewrite-section.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('drives a traced copy, and then counts the spans and bytes of some orders alone', async () => {
  await using copy = await copyOf(3);
  const { signal } = new AbortController();
  const measured = await measureState(copy.bay, {
    dir: copy.dir,
    signals: ['traces'],
    visits: 4,
    orders: 2,
    signal,
  });
  expect(countOrders(measured.spans)).toEqual({
    spans: { own: 8, library: 0, framework: 0 },
    explained: expect.closeTo(0.8, 0),
  });
  expect(measured.bytes).toBeGreaterThan(500);
  expect(measured.visitsPerSecond).toBeGreaterThan(0);
  expect(measured.startMs).toBeGreaterThan(0);
});

test('asks a copy that samples for a share of its traces; what nobody samples is exported all the same', async () => {
  const { signal } = new AbortController();
  await using copy = await copyOf(10);
  const asked: number[] = [];
  const plan = { dir: copy.dir, signals: ['traces', 'metrics', 'logs'], orders: 2, ratios: [0], signal } as const;
  const lines = await measureSampling(copy.bay, plan, (ratio) => asked.push(ratio));
  expect(asked).toEqual([0]);
  expect(lines).toEqual([{ ratio: 0, orders: 2, kept: 0, spansPerOrder: 0, bytesPerOrder: expect.any(Number) }]);
  expect(lines[0]?.bytesPerOrder).toBeGreaterThan(0);
});

test('counts as kept only the traces that an order can be looked up in', () => {
  const spans: readonly SketchedSpan[] = [
    { trace: 'a', id: '1', name: 'POST /orders', at: 0, for: 100 },
    { trace: 'a', id: '2', parent: '1', name: 'charge card', at: 0, for: 50 },
    { trace: 'b', id: '3', name: 'POST /orders', at: 0, for: 100 },
    { trace: 'c', id: '4', name: 'GET /yarns', at: 0, for: 100 },
    { trace: 'd', id: '5', parent: 'f', name: 'POST /charges', at: 0, for: 100 },
  ];
  expect(countTraces(sketchTelemetry(spans).spans)).toBe(2);
});

test('tells who made a span by its scope', () => {
  expect(
    [
      'shop',
      '@opentelemetry/instrumentation-pg',
      'purl/instrumentation-nodemailer',
      '@opentelemetry/instrumentation-http',
    ].map(originOf),
  ).toEqual(['own', 'library', 'library', 'framework']);
});

test('prints the price list', () => {
  expect(renderLedger(LEDGER)).toMatchInlineSnapshot(`
    "  stage                    lines  own  library  framework  explained  KB an order  start-up  throughput
      01-first-span           +15 −2    1                            0 %          0.1    × 1.11      × 0.98
      04-free-database-spans   +5 −4    8       70                  97 %         20.7    × 1.23      × 0.89

      Lines written and deleted in the stage; spans in the trace of an order of three yarns by who made them (the median of 9 orders);
      the share of the time to its answer during which one of them says what is done; what is exported. Start-up and throughput: of the four processes
      beside the untraced shop (812 ms, 32 customers a second) in the same run: the best of 3 rounds.

      traces asked for  orders with a trace  spans an order  KB an order
      all                          60 of 60             131         40.1
      10 of 100                     7 of 60              15          7.3

      The solution of 10-keep-it-cheap by \`OTEL_TRACES_SAMPLER_ARG\`. What is left of the bytes are lines of the log and metrics, which nobody samples; of an
      order without a trace nothing but these can be looked up."
  `);
});

test('draws a bar for each stage, with what it explains in words', () => {
  const svg = drawLedger(LEDGER);
  expect(svg.match(/>(\d+ % explained)</g)).toEqual(['>0 % explained<', '>97 % explained<']);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(drawLedger(LEDGER)).toBe(svg);
});

test('rewrites its own section of a page and nothing else', () => {
  const page = 'before\n<!-- ledger -->\nold\n<!-- /ledger -->\nafter\n';
  const rewritten = rewriteSection(page, 'ledger', 'new');
  expect(rewritten).toBe('before\n<!-- ledger -->\nnew\n<!-- /ledger -->\nafter\n');
  expect(readSection(rewritten, 'ledger')).toBe('new');
  expect(() => rewriteSection(page, 'tracks', 'new')).toThrowErrorMatchingInlineSnapshot(
    `[Error: The page has no section to write: put \`<!-- tracks -->\` and \`<!-- /tracks -->\` where it belongs.]`,
  );
});

const LEDGER: Ledger = {
  rounds: 3,
  orders: 9,
  untraced: { startMs: 812.4, visitsPerSecond: 31.6 },
  stages: [
    {
      stage: '01-first-span',
      added: 15,
      removed: 2,
      spans: { own: 1, library: 0, framework: 0 },
      explained: 0,
      bytesPerOrder: 121,
      startMs: 900,
      startRatio: 1.11,
      visitsPerSecond: 31,
      throughputRatio: 0.98,
    },
    {
      stage: '04-free-database-spans',
      added: 5,
      removed: 4,
      spans: { own: 8, library: 70, framework: 0 },
      explained: 0.971,
      bytesPerOrder: 20_700,
      startMs: 1_000,
      startRatio: 1.23,
      visitsPerSecond: 28,
      throughputRatio: 0.89,
    },
  ],
  sampling: {
    stage: '10-keep-it-cheap',
    lines: [
      { ratio: 1, orders: 60, kept: 60, spansPerOrder: 131.2, bytesPerOrder: 40_120 },
      { ratio: 0.1, orders: 60, kept: 7, spansPerOrder: 15.3, bytesPerOrder: 7_300 },
    ],
  },
};

/** A stage's solution in a folder of its own, and a bay to run it in; disposing ends the one and removes the other. */
async function copyOf(stage: number) {
  const stateDir = join(root, '.workshop');
  const dir = await mkdtemp(join(stateDir, 'ledger-test-'));
  await using held = new AsyncDisposableStack();
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const bay = held.use(await openBay({ root, stateDir, nodePath: process.execPath, baseEnv: {} }));
  await writeTree(join(dir, 'app'), await solutionTree(root, stage));
  const kept = held.move();
  return { dir: join(dir, 'app'), bay, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
