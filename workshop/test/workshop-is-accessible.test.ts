import { stripVTControlCharacters } from 'node:util';
import { buildTraces, createPaint, renderPicture, server, trace } from 'trace-shapes';
import { expect, test } from 'vitest';
import { shapeCheck } from '../check/define-check.ts';
import { judgeChecks, verdictOf } from '../check/judge-stage.ts';
import { hasColour } from '../cli/read-surroundings.ts';
import { pictureTrace } from '../render/picture-trace.ts';
import { toPlainDrawing } from '../render/plain-drawing.ts';
import { renderWatch } from '../render/render-watch.ts';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { listStages } from '../stages/list-stages.ts';
import { emptyRun, plainAids } from '../verify/empty-run.ts';
import { freshState, type WatchState } from '../watch/watch-state.ts';
import { learnerProject } from './learner-project.ts';
import { runCommand } from './run-command.ts';
import { type SketchedSpan, sketchTelemetry } from './sketched-run.ts';
import { hasTerminals } from './workshop-process.ts';

const spans: readonly SketchedSpan[] = [
  { trace: 'a', id: '1', name: 'POST /orders', kind: 'server', at: 0, for: 400 },
  { trace: 'a', id: '2', parent: '1', name: 'price the whole basket of the customer', at: 0, for: 100 },
  { trace: 'a', id: '3', parent: '1', name: 'charge card', kind: 'client', at: 150, for: 200 },
  { trace: 'a', id: '4', parent: '3', name: 'POST /charges', service: 'payments', kind: 'server', at: 160, for: 100 },
];

test.each([
  { env: {}, isTerminal: true, paints: true },
  { env: {}, isTerminal: false, paints: false },
  { env: { NO_COLOR: '1' }, isTerminal: true, paints: false },
  { env: { NO_COLOR: '' }, isTerminal: true, paints: true },
  { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, isTerminal: true, paints: false },
  { env: { FORCE_COLOR: '1' }, isTerminal: false, paints: true },
  { env: { FORCE_COLOR: '0' }, isTerminal: true, paints: false },
  { env: { TERM: 'dumb' }, isTerminal: true, paints: false },
])('paints: $paints, in a terminal: $isTerminal, with $env', ({ env, isTerminal, paints }) => {
  expect(hasColour(env, isTerminal)).toBe(paints);
});

test('draws for a screen reader by indentation alone', () => {
  const [shown] = buildTraces(sketchTelemetry(spans).spans);
  if (!shown) throw new Error('There is no trace.');
  const drawn = renderPicture(pictureTrace(shown), { width: 100, paint: createPaint(false), bars: true });
  expect(toPlainDrawing(drawn.join('\n'))).toMatchInlineSnapshot(`
    "  POST /orders                               server    shop        400 ms
      -  price the whole basket of the customer  internal  shop        100 ms
      -  charge card                             client    shop        200 ms
         -  POST /charges                        server    payments    100 ms"
  `);
});

test.each(['app', 'replay', 'start'])('npm run %s takes --big and --plain', async (command) => {
  await using project = await smallProject();
  const { out } = await runCommand(project.root, [command, '--help']);
  expect(out).toMatch(/--big +for a projector[\s\S]+--plain +for a screen reader/);
});

test.each([100, 60, 40, 30])(
  'no line of the watch is longer than a screen of %d columns, nor more lines than it has',
  async (columns) => {
    const state = await failedState(columns);
    const lines = renderWatch(state, { width: columns, paint: createPaint(true) }, 0).map(stripVTControlCharacters);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(state.rows);
    expect(lines.join('\n')).toContain('missing-span');
  },
);

test('says in words and signs what colours say', async () => {
  const state = await failedState(100);
  const lines = renderWatch(state, { width: 100, paint: createPaint(false) }, 0);
  expect(lines.join('\n')).toMatch(/0 of 1 check pass\n +✗ the shop tells its parts/);
  const passed = { ...state, checked: await checkedBy('POST /orders') };
  expect(renderWatch(passed, { width: 100, paint: createPaint(false) }, 0).join('\n')).toMatch(
    /1 of 1 check passes\n +✓ the shop tells its parts/,
  );
});

test.skipIf(!hasTerminals)('with --plain nothing is drawn over, and keys work', async () => {
  await using project = await learnerProject({ keepsDatabase: false });
  await project.goto('0');
  await using watch = project.start(['start', '--plain'], { terminal: true, env: { NO_COLOR: '1' } });
  await watch.sees('0 of 1 check pass');
  watch.type('h');
  await watch.sees('Hint: ');
  watch.type('q');
  expect((await watch.ended).code).toBe(0);
  expect(watch.raw()).not.toContain('\u001b');
});

async function failedState(columns: number): Promise<WatchState> {
  return { ...(await freshAt(columns)), checked: await checkedBy('GET /elsewhere') };
}

async function freshAt(columns: number): Promise<WatchState> {
  return freshState(await firstStage(), { columns, rows: 40 });
}

async function checkedBy(name: string): Promise<NonNullable<WatchState['checked']>> {
  const check = shapeCheck({ id: 'x', title: 'the shop tells its parts', expected: () => trace(server(name)) });
  const telemetry = sketchTelemetry(spans);
  const run = { ...emptyRun, telemetry, traces: buildTraces(telemetry.spans) };
  const aids = { ...plainAids, locate: () => 'workbench/shop/checkout.ts:41' };
  const judged = await judgeChecks(run, { checks: [check], aids, benchName: 'workbench' });
  const verdict = verdictOf(judged, { stage: await firstStage(), durationMs: 0 });
  return { verdict, linesTyped: 3, explainedBefore: undefined };
}

async function firstStage(): Promise<WatchState['stage']> {
  await using project = await smallProject();
  const stage = (await listStages(project.root))[1];
  if (!stage) throw new Error('There is no stage.');
  return stage;
}
