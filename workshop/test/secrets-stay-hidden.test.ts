import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildTraces, createPaint, server, trace as traceOf } from 'trace-shapes';
import { expect, test } from 'vitest';
import type { LogLine } from '../app/app-log.ts';
import { shapeCheck } from '../check/define-check.ts';
import { judgeChecks, judgeFailure, verdictOf } from '../check/judge-stage.ts';
import { createTraceShow } from '../live/show-traces.ts';
import { renderReplay } from '../render/render-replay.ts';
import { renderStageVerdict } from '../render/render-stage-verdict.ts';
import { toVerdictJson } from '../render/verdict-json.ts';
import { judgeSuspects } from '../replay/judge-suspects.ts';
import { toNight } from '../replay/night.ts';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { listStages } from '../stages/list-stages.ts';
import { toTerminalText } from '../telemetry/terminal-text.ts';
import { emptyRun, plainAids } from '../verify/empty-run.ts';
import { runCommand } from './run-command.ts';
import { projectWithRun, SKETCH_START_MS, type SketchedSpan, sketchTelemetry } from './sketched-run.ts';

const SECRETS = ['hunter2-of-ann', 'tok_visa_5f3a9c', 'sk-live-77aa88bb', '4242 4242 4242 4242', 'db-pa55word'];
/** Clears the screen, paints by a C1 code, types backwards, and ends our line to begin one of its own. */
const HOSTILE = '\u001b[2J\u009b\u202e\r\n✓ ok';
const NAME = `p?token=sk-live-77aa88bb${HOSTILE}`;

const span: SketchedSpan = {
  trace: 'a1',
  id: '1',
  name: NAME,
  at: 100,
  for: 400,
  kind: 'server',
  service: `shop${HOSTILE}`,
  error: true,
  attributes: {
    'user.password': 'hunter2-of-ann',
    'http.request.header.authorization': 'Bearer tok_visa_5f3a9c',
    note: `paid with 4242 4242 4242 4242${HOSTILE}`,
    'db.connection': 'postgres://shop:db-pa55word@127.0.0.1/shop',
  },
};
const telemetry = sketchTelemetry([span, { ...span, id: '2', parent: 'f', trace: 'b2' }]);
const log: readonly LogLine[] = [
  {
    process: `shop${HOSTILE}`,
    stream: 'stderr',
    line: `ERROR login password=hunter2-of-ann${HOSTILE.replace('\r\n', '')}`,
    atMs: SKETCH_START_MS,
  },
];
const style = { width: 100, paint: createPaint(false) };

test.each([
  { command: 'traces' },
  { command: 'traces --json' },
  { command: 'trace a1' },
  { command: 'trace a1 --attributes' },
  { command: 'trace b2' },
  { command: 'trace a1 --json' },
  { command: 'trace zz' },
  { command: 'logs' },
  { command: 'logs --json' },
])('npm run $command shows no secret, and nothing that moves the cursor', async ({ command }) => {
  await using project = await projectWithRun({ telemetry, log, paths: [NAME] });
  const { out, err } = await runCommand(project.root, command.split(' '), { columns: 160 });
  expectHarmless(out + err);
});

test('no kept run holds a secret', async () => {
  await using project = await projectWithRun({ telemetry, log, paths: [NAME] });
  const dir = join(project.root, '.workshop/telemetry');
  const files = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'utf8')));
  expect(files).toHaveLength(2);
  for (const text of files) expectNoSecret(text);
});

test('the live view shows no secret, and nothing that moves the cursor', () => {
  const printed: string[] = [];
  const show = createTraceShow((text) => printed.push(text), style);
  for (const as of ['trees', 'lines'] as const) {
    show.begin(as);
    for (const trace of buildTraces(telemetry.spans)) show.show({ trace, known: undefined });
  }
  expect(printed).toHaveLength(4);
  for (const text of printed) expectHarmless(text);
});

test('a replay shows no secret, and nothing that moves the cursor', () => {
  const orders = sketchTelemetry([
    { ...span, name: 'POST /orders', attributes: { 'order.id': '7', ...span.attributes } },
    { ...span, id: '2', parent: '1' },
  ]);
  const hanging = {
    wishes: {},
    card: 'tok_ok',
    basketId: 'B-1',
    startedAtMs: SKETCH_START_MS + 100,
    durationMs: 400,
    status: 201,
    orderId: '7',
  };
  const facts = { hanging, checkouts: [hanging], gatewayMs: [] };
  const night = toNight({ facts, telemetry: orders, log });
  expectHarmless(renderReplay(night, judgeSuspects(night), undefined, style).join('\n'));
});

test('a verdict shortens the secrets that it tells of, in text and as JSON', async () => {
  await using project = await smallProject();
  const [, stage] = await listStages(project.root);
  if (!stage) throw new Error('There is no stage.');
  const wanted = server(/token/, { attributes: { 'user.password': 'none', note: 'none' } });
  const check = shapeCheck({ id: 'x', title: 'x', expected: () => traceOf(wanted) });
  const run = { ...emptyRun, telemetry, traces: buildTraces(telemetry.spans.slice(0, 1)) };
  const about = { stage, checks: [check], benchName: 'workbench', durationMs: 0 };
  const verdict = verdictOf(await judgeChecks(run, { ...about, aids: plainAids }), about);
  const [finding] = verdict.findings;
  expect(finding).toMatchObject({ code: 'wrong-attribute', actual: '"hu… (masked)"' });
  expectHarmless(renderStageVerdict(verdict, style, { title: '' }));
  expectNoSecret(JSON.stringify(toVerdictJson(verdict)));

  const crash = { ...(finding as NonNullable<typeof finding>), message: `it said: ${log[0]?.line}` };
  expectHarmless(renderStageVerdict(judgeFailure(crash, about), style, { title: '' }));
});

test('leaves our own colours on a terminal, and nothing else', () => {
  const paint = createPaint(true);
  const ours = `${paint('bold', 'a')}${paint('dim', 'b')}${paint('red', 'c')}${paint('green', 'd')}${paint('yellow', 'e')}${paint('cyan', 'f')}\tg\r\nh`;
  expect(toTerminalText(ours)).toBe(ours);
  expect(toTerminalText('\u001b[8mhidden\u001b[0m \u001b]0;title\u0007 \u001b[1A \u001b[38;5;1m over\rwritten')).toBe(
    '·[8mhidden·[0m ·]0;title· ·[1A ·[38;5;1m over·written',
  );
});

function expectHarmless(text: string): void {
  expectNoSecret(text);
  // What `print` lets through, a line end of somebody else's excepted.
  expect(
    toTerminalText(text)
      .split('\n')
      .filter((line) => /^\s*✓ ok/.test(line)),
  ).toEqual([]);
  for (const mark of ['\u001b', '\u009b', '\u202e']) expect(toTerminalText(text)).not.toContain(mark);
}

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  // Something was to be seen.
  expect(text).toMatch(/masked/);
}
