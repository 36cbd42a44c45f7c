import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { benchPlace } from '../bench/bench-place.ts';
import { openBay } from '../check/open-bay.ts';
import { listStages } from '../stages/list-stages.ts';
import { type RehearsedStep, rehearseTrack } from './rehearse-track.ts';
import type { Track } from './tracks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TRACK: Track = {
  key: 'short',
  title: 'Short',
  mostLines: undefined,
  stops: [
    { stage: 'last-night', minutes: 1, how: 'told' },
    { stage: 'first-span', minutes: 1, how: 'typed' },
    { stage: 'lost-context', minutes: 1, how: 'shown' },
  ],
  ending: { minutes: 0, what: '' },
};

test('walks a track step by step on a bench of its own, with a check after each', async () => {
  await mkdir(join(root, '.workshop'), { recursive: true });
  const dir = await mkdtemp(join(root, '.workshop', 'rehearsal-test-'));
  await using held = new AsyncDisposableStack();
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const stateDir = join(root, '.workshop');
  const bay = held.use(await openBay({ root, stateDir, nodePath: process.execPath, baseEnv: {} }));
  const seen: RehearsedStep[] = [];
  const stops = await rehearseTrack({
    place: { ...benchPlace(root, join(dir, 'bench')), stateDir: join(dir, 'state') },
    stages: await listStages(root),
    track: TRACK,
    bay,
    deadlineMs: 30_000,
    signal: new AbortController().signal,
    onStep: (step) => seen.push(step),
  });
  expect(seen).toEqual(stops.flatMap(({ steps }) => steps));
  expect(seen.map(({ stage, runs, verdict }) => [stage, runs, verdict])).toEqual([
    ['00-last-night', 1, 'unsupported-answer'],
    // The SDK that nobody loads, loaded, a tracer: nothing comes, and a second run finds out why.
    ['01-first-span', 2, 'no-spans'],
    ['01-first-span', 2, 'no-spans'],
    ['01-first-span', 2, 'no-spans'],
    ['01-first-span', 2, 'not-flushed'],
    ['01-first-span', 1, 'pass'],
    ['03-lost-context', 1, 'pass'],
  ]);
  expect(stops.map(({ linesTyped }) => linesTyped)).toEqual([0, 11, 0]);
});
