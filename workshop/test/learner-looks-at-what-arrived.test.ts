import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { projectWithRun, SKETCH_START_MS, type SketchedSpan, sketchTelemetry } from './sketched-run.ts';

test('lists the traces of the newest run with times since its start', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  const { code, out } = await runCommand(project.root, ['traces']);
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "  check 02-spans-that-explain, 2026-11-20 02:00 UTC: 3 traces of 6 spans

      trace        start  clock (UTC)     took  spans                    name               services
      aaa10000  +0.100 s  02:00:00.100  400 ms      4                    POST /orders       shop, payme…
      bbb20000  +0.500 s  02:00:00.500  1.50 s      1  1 error           POST /orders       shop
      ccc30000  +9.000 s  02:00:09.000   10 ms      1  1 parent missing  send confirmation  shop

      One of them as a tree: npm run trace aaa10000"
  `);
});

test('puts the longest first, and keeps to errors, a service or the time around a trace', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  const idsOf = async (...options: string[]) => {
    const { out } = await runCommand(project.root, ['traces', ...options, '--json']);
    return JSON.parse(out).traces.map(({ traceId }: { traceId: string }) => traceId.slice(0, 4));
  };
  expect(await idsOf('--slow')).toEqual(['bbb2', 'aaa1', 'ccc3']);
  expect(await idsOf('--errors')).toEqual(['bbb2']);
  expect(await idsOf('--service', 'payments')).toEqual(['aaa1']);
  expect(await idsOf('--service', 'worker')).toEqual([]);
  expect(await idsOf('--around', 'a')).toEqual(['aaa1', 'bbb2']);
  expect(await idsOf('--slow', '--limit', '1')).toEqual(['bbb2']);
});

test('draws one trace with bars, and says which parent never came', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  expect((await runCommand(project.root, ['trace', 'aaa'])).out).toMatchInlineSnapshot(`
    "  aaa10000000000000000000000000000  +0.100 s  02:00:00.100 UTC

      POST /orders         server    shop        400 ms  ████████████████████████████████████████
      ├─ price basket      internal  shop        100 ms  ██████████
      └─ charge card       client    shop        200 ms            ████████████████████
         └─ POST /charges  server    payments    100 ms                 ██████████

      explained 50 %

      What the spans carry: npm run trace -- aaa10000 --attributes"
  `);
  expect((await runCommand(project.root, ['trace', 'ccc3'])).out).toMatchInlineSnapshot(`
    "  ccc30000000000000000000000000000  +9.000 s  02:00:09.000 UTC

      without its parent, which never came
      send confirmation  internal  shop     10 ms  ████████████████████████████████████████
      Missing: span f000000000000000, the parent of \`send confirmation\`. It never ended, or was not exported.

      What the spans carry: npm run trace -- ccc30000 --attributes"
  `);
});

test('lists what each span of a trace carries', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  const { out } = await runCommand(project.root, ['trace', 'bbb2', '--attributes']);
  expect(out).toMatchInlineSnapshot(`
    "  bbb20000000000000000000000000000  +0.500 s  02:00:00.500 UTC

      ✗ POST /orders  server    shop    1.50 s  ████████████████████████████████████████

      explained 0 %

      POST /orders  server, shop, scope by hand, span 5000000000000000
        status  error
        note  "x\\u001b[2J""
  `);
});

test('gives the spans of a trace as JSON', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  const { spans } = JSON.parse((await runCommand(project.root, ['trace', 'bbb2', '--json'])).out);
  expect(spans).toEqual([
    expect.objectContaining({
      name: 'POST /orders',
      sinceStartMs: 500,
      durationMs: 1500,
      attributes: { note: 'x\u001b[2J' },
    }),
  ]);
});

test('shows what processes printed and what came over OTLP, by time, and what names a trace', async () => {
  await using project = await projectWithRun({ telemetry: { ...sketchTelemetry(twoCheckouts), logs: otlpLogs }, log });
  expect((await runCommand(project.root, ['logs'])).out).toMatchInlineSnapshot(`
    "+0.000 s  02:00:00.050 INFO worker listening
    +0.320 s  02:00:00.320 shop WARN card was slow  trace aaa10000
    +0.350 s  02:00:00.350 payments stderr trace_id=aaa10000000000000000000000000000 paid"
  `);
  const textsOf = async (...options: string[]) => {
    const { out } = await runCommand(project.root, ['logs', ...options, '--json']);
    return JSON.parse(out).logs.map(({ text }: { text: string }) => text);
  };
  expect(await textsOf('--trace', 'aaa1')).toEqual(['WARN card was slow', `trace_id=${'aaa1'.padEnd(32, '0')} paid`]);
  expect(await textsOf('--service', 'payments')).toEqual(['trace_id=aaa10000000000000000000000000000 paid']);
  expect(await textsOf('--grep', 'LISTEN|slow')).toHaveLength(2);
});

test('shows a line of JSON as text, with its trace, and once when it came over OTLP as well', async () => {
  const printed = (level: number, msg: string) => ({
    process: 'shop',
    stream: 'stdout' as const,
    line: JSON.stringify({ level, service: 'shop', trace_id: 'aaa1'.padEnd(32, '0'), msg }),
    atMs: SKETCH_START_MS + 330,
  });
  const telemetry = { ...sketchTelemetry(twoCheckouts), logs: otlpLogs };
  await using project = await projectWithRun({
    telemetry,
    log: [printed(40, 'card was slow'), printed(30, 'only printed')],
  });
  expect((await runCommand(project.root, ['logs'])).out).toMatchInlineSnapshot(`
    "+0.220 s  02:00:00.320 shop WARN card was slow  trace aaa10000
    +0.230 s  02:00:00.330 shop INFO only printed  trace aaa10000"
  `);
  expect((await runCommand(project.root, ['logs', '--trace', 'aaa1'])).out.split('\n')).toHaveLength(2);
});

test.each([
  [['trace', 'abc'], 'There is no trace "abc" in the newest run. Near it: aaa10000'],
  [['trace', 'aaa1x'], 'There is no trace "aaa1x" in the newest run. Near it: aaa10000'],
  [['traces', '--around', 'zz'], 'There is no trace "zz"'],
  [['traces', '--limit', 'many'], '`--limit many` is no number of lines'],
  [
    ['traces', '--service', 'shpo'],
    'Nothing came from a service "shpo" in the newest run; there were `worker`, `payments`, `shop`',
  ],
  [['logs', '--grep', '('], '`--grep` cannot be read'],
  [['logs', '--limit', '0'], '`--limit 0` is no number of lines'],
  [['app', '--do', 'c,x'], '`--do c,x` names no key "x". The keys are b browse · c buy'],
  [['app', '--do', ','], '`--do ,` names no key. The keys are'],
  [['trace'], "missing required argument 'id'"],
])('answers %j with what is wrong with it', async (args, message) => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twoCheckouts), log });
  const { code, out, err } = await runCommand(project.root, args);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(message) });
});

test('asks for more of an id that two traces begin with', async () => {
  const twins = [twoCheckouts[0] as SketchedSpan, { ...(twoCheckouts[0] as SketchedSpan), trace: 'aaa2', id: '9' }];
  await using project = await projectWithRun({ telemetry: sketchTelemetry(twins) });
  expect(await runCommand(project.root, ['trace', 'aaa'])).toEqual({
    code: 2,
    out: '',
    err: '2 traces begin with "aaa": aaa10000 (POST /orders), aaa20000 (POST /orders). Write more of the id.',
  });
});

test('says which command makes some when nothing was kept yet', async () => {
  await using project = await projectWithRun({});
  await rm(join(project.root, '.workshop'), { recursive: true });
  for (const command of [['traces'], ['trace', 'a'], ['logs']]) {
    const { code, err } = await runCommand(project.root, command);
    expect([code, err]).toEqual([2, expect.stringContaining('Nothing has been kept yet. `npm run check`')]);
  }
});

const order = { name: 'POST /orders', kind: 'server' } as const;
const twoCheckouts: readonly SketchedSpan[] = [
  { trace: 'aaa1', id: '1', at: 100, for: 400, ...order },
  { trace: 'aaa1', id: '2', parent: '1', name: 'price basket', at: 100, for: 100 },
  { trace: 'aaa1', id: '3', parent: '1', name: 'charge card', kind: 'client', at: 200, for: 200 },
  {
    trace: 'aaa1',
    id: '4',
    parent: '3',
    name: 'POST /charges',
    kind: 'server',
    service: 'payments',
    at: 250,
    for: 100,
  },
  { trace: 'bbb2', id: '5', at: 500, for: 1_500, error: true, attributes: { note: 'x\u001b[2J' }, ...order },
  { trace: 'ccc3', id: '6', parent: 'f', name: 'send confirmation', at: 9_000, for: 10 },
];

const log = [
  { process: 'worker', stream: 'stdout', line: '02:00:00.050 INFO worker listening', atMs: SKETCH_START_MS },
  {
    process: 'payments',
    stream: 'stderr',
    line: `trace_id=${'aaa1'.padEnd(32, '0')} paid`,
    atMs: SKETCH_START_MS + 350,
  },
] as const;

const { logs: otlpLogs } = parseJsonLines(
  `${JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeLogs: [
          {
            scope: { name: 'pino' },
            logRecords: [
              {
                timeUnixNano: `${BigInt(SKETCH_START_MS + 320) * 1_000_000n}`,
                severityText: 'WARN',
                body: { stringValue: 'card was slow' },
                traceId: 'aaa1'.padEnd(32, '0'),
                spanId: '3'.padEnd(16, '0'),
              },
            ],
          },
        ],
      },
    ],
  })}\n`,
);
