import { wrap } from 'trace-shapes';
import type { RehearsedStep, RehearsedStop } from '../rehearse/rehearse-track.ts';
import { minutesOf, type Track } from '../rehearse/tracks.ts';

/** A walked track, and its slowest step beside the least that it could take. */
export type Rehearsal = {
  readonly track: Track;
  readonly stops: readonly RehearsedStop[];
  readonly slowest: RehearsedStep | undefined;
  /** The least that as many runs of the slowest step's stage take. */
  readonly floorMs: number | undefined;
};

/** Draws a rehearsal: the time of every step, the lines typed, and the slowest step against its floor. */
export function renderRehearsal(rehearsal: Rehearsal, width: number): string {
  const { track, stops } = rehearsal;
  const typed = stops.reduce((sum, { linesTyped }) => sum + linesTyped, 0);
  const limit = track.mostLines === undefined ? '' : ` of at most ${track.mostLines}`;
  return [
    `  ${track.title}: ${minutesOf(track)} minutes`,
    '',
    ...stops.flatMap((stop, i) => [renderHead(stop, track, i), ...stop.steps.map((step) => renderStep(step, width))]),
    '',
    `  ${typed} lines typed${limit}`,
    ...renderSlowest(rehearsal, width),
  ].join('\n');
}

function renderHead({ stage, how, linesTyped }: RehearsedStop, { stops }: Track, index: number): string {
  const lines = how === 'typed' ? `, ${linesTyped} lines` : '';
  return `  ${stage}, ${how}${lines}, ${stops[index]?.minutes ?? 0} min`;
}

function renderStep({ title, tookMs, verdict }: RehearsedStep, width: number): string {
  const room = Math.max(width - 34, 20);
  const shown = title.length > room ? `${title.slice(0, room - 1)}…` : title.padEnd(room);
  return `    ${shown}  ${(tookMs / 1000).toFixed(1).padStart(4)} s  ${verdict}`;
}

function renderSlowest({ slowest, floorMs }: Rehearsal, width: number): readonly string[] {
  if (!slowest || floorMs === undefined) return [];
  const runs = slowest.runs === 1 ? 'one run' : `${slowest.runs} runs, to find out why no spans came`;
  const ratio = (slowest.tookMs / floorMs).toFixed(2);
  return wrap(
    `The slowest step took ${(slowest.tookMs / 1000).toFixed(1)} s: "${slowest.title}" of ${slowest.stage}. That is ${ratio} × the floor of ` +
      `${(floorMs / 1000).toFixed(1)} s: the same processes and requests (${runs}), with a receiver that only counts.`,
    width,
    '  ',
  );
}
