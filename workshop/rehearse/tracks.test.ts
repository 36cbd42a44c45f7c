import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSection } from '../ledger/rewrite-section.ts';
import { renderRehearsal } from '../render/render-rehearsal.ts';
import { listStages } from '../stages/list-stages.ts';
import { findTrack } from './find-track.ts';
import { renderTracks } from './render-tracks.ts';
import { minutesOf, TRACKS } from './tracks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stages = await listStages(root);

test('the guide has the tables of the tracks: `npm run rehearse -- --tables` writes them', async () => {
  const page = await readFile(join(root, 'WORKSHOP.md'), 'utf8');
  expect(readSection(page.replaceAll('\r\n', '\n'), 'tracks')).toBe(renderTracks(stages));
});

test('a track goes through its stages in order, in the time that it promises', () => {
  const order = stages.map(({ slug }) => slug);
  for (const { stops } of TRACKS) {
    const places = stops.map(({ stage }) => order.indexOf(stage));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  }
  expect(TRACKS.map((track) => [track.key, minutesOf(track)])).toEqual([
    ['40', 40],
    ['90', 90],
    ['half-day', 210],
    ['ownership', 90],
  ]);
});

test('who names no track is told which there are', () => {
  expect(() => findTrack(stages, undefined)).toThrowErrorMatchingInlineSnapshot(`
    [UsageError: Which track? These are the tracks:
      npm run rehearse -- 40         40 minutes, live-coded
      npm run rehearse -- 90         90 minutes, live-coded
      npm run rehearse -- half-day   Half a day, everybody types
      npm run rehearse -- ownership  Ownership, 90 minutes, live-coded
      npm run rehearse -- self       At your own pace]
  `);
  expect(() => findTrack(stages, '45')).toThrow(/^There is no track "45"\. These are the tracks:/);
  expect(findTrack(stages, 'self').stops).toHaveLength(stages.length);
});

test('prints the time of every step, the lines typed, and the slowest step against its floor', () => {
  const [track] = TRACKS;
  if (!track) throw new Error('There is no track.');
  const step = { stage: '01-first-span', title: 'Get a tracer', tookMs: 2_400, runs: 2, verdict: 'no-spans' };
  const passed = { stage: '01-first-span', title: 'Send what is left', tookMs: 1_200, runs: 1, verdict: 'pass' };
  const stops = [
    {
      stage: '00-last-night',
      how: 'told' as const,
      steps: [{ ...passed, stage: '00-last-night', title: 'as it is handed out', verdict: 'unsupported-answer' }],
      linesTyped: 0,
      passed: false,
    },
    { stage: '01-first-span', how: 'typed' as const, steps: [step, passed], linesTyped: 11, passed: true },
  ];
  expect(
    renderRehearsal({ track, stops, slowest: { step, tookMs: 2_300, floorMs: 2_000, ratio: 1.15 } }, 80),
  ).toMatchInlineSnapshot(`
    "  40 minutes, live-coded: 40 minutes

      00-last-night, told, 4 min
        as it is handed out                              1.2 s  unsupported-answer
      01-first-span, typed, 11 lines, 7 min
        Get a tracer                                     2.4 s  no-spans
        Send what is left                                1.2 s  pass

      11 lines typed of at most 60
      The slowest step, "Get a tracer" of 01-first-span, taken again in turn with
      its floor: 2.3 s against 2.0 s, 1.15 ×. The floor is the same processes and
      requests with a receiver that only counts, 2 runs to find out why no spans
      came."
  `);
});
