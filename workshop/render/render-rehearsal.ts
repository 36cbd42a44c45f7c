import { wrap } from 'trace-shapes/render';
import type { SlowestStep } from '../rehearse/measure-slowest.ts';
import type { RehearsedStep, RehearsedStop } from '../rehearse/rehearse-track.ts';
import { minutesOf, type Track } from '../rehearse/tracks.ts';

/** A walked track, and its slowest step beside the least that it could take. */
export type Rehearsal = {
  readonly track: Track;
  readonly stops: readonly RehearsedStop[];
  readonly slowest: SlowestStep | undefined;
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

function renderSlowest({ slowest }: Rehearsal, width: number): readonly string[] {
  if (!slowest) return [];
  const { step, tookMs, floorMs, ratio } = slowest;
  const runs = step.runs === 1 ? '' : `, ${step.runs} runs to find out why no spans came`;
  return wrap(
    `The slowest step, "${step.title}" of ${step.stage}, taken again in turn with its floor: ${seconds(tookMs)} against ${seconds(floorMs)}, ` +
      `${ratio.toFixed(2)} ×. The floor is the same processes and requests with a receiver that only counts${runs}.`,
    width,
    '  ',
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
