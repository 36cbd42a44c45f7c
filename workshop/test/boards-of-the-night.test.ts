import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeSuspects } from '../replay/judge-suspects.ts';
import { toNight } from '../replay/night.ts';
import type { NightRun } from '../replay/run-night.ts';
import { SKETCH_START_MS, type SketchedSpan, sketchTelemetry } from './sketched-run.ts';

// Recorded at each stage's solution: `node workshop/test/record-nights.ts` does so again.
test.each([
  ['00-last-night', {}],
  ['01-first-span', {}],
  ['02-spans-that-explain', { payments: 'cleared', warehouse: 'charged' }],
  ['03-lost-context', { payments: 'cleared', warehouse: 'charged', deploy: 'cleared' }],
  ['04-free-database-spans', { payments: 'cleared', warehouse: 'charged', deploy: 'cleared' }],
  ['05-across-services', { payments: 'cleared', warehouse: 'cleared', database: 'charged', deploy: 'cleared' }],
  [
    '06-framework',
    { payments: 'cleared', warehouse: 'cleared', database: 'charged', deploy: 'cleared', 'merino-drop': 'cleared' },
  ],
  ['07-across-time', solved()],
  ['08-teach-a-library', solved()],
  ['09-logs-and-metrics', solved()],
  ['10-keep-it-cheap', solved()],
  ['11-untangle', solved()],
])('the spans of %s clear and charge whom they should', async (stage, expected) => {
  expect(boardOf(await readNight(stage))).toEqual({ ...NOBODY, ...expected });
});

test('the board does not say who held what was waited for once that is the question', async () => {
  const night = await readNight('09-logs-and-metrics');
  expect(boardOf(night, true)).toEqual({ ...NOBODY, ...solved(), database: 'charged', 'nightly-report': 'open' });
});

async function readNight(stage: string): Promise<NightRun> {
  const file = join(import.meta.dirname, 'nights', `${stage}.json`);
  const { hanging, spans }: Recorded = JSON.parse(await readFile(file, 'utf8'));
  const customer = { ...hanging, startedAtMs: SKETCH_START_MS };
  const facts = { hanging: customer, checkouts: [customer], gatewayMs: [] };
  return { facts, telemetry: sketchTelemetry(spans), log: [] };
}

function boardOf(run: NightRun, isDrawn = false) {
  const board = judgeSuspects(toNight(run, isDrawn));
  return Object.fromEntries(board.map(({ suspect, verdict }) => [suspect, verdict]));
}

type Recorded = {
  readonly hanging: Omit<NightRun['facts']['hanging'], 'startedAtMs'>;
  readonly spans: readonly SketchedSpan[];
};

function solved() {
  return {
    payments: 'cleared',
    database: 'cleared',
    warehouse: 'cleared',
    deploy: 'cleared',
    'merino-drop': 'cleared',
    'nightly-report': 'charged',
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
