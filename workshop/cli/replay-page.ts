import { createPaint, renderFinding } from 'trace-shapes/render';
import type { BenchPlace } from '../bench/bench-place.ts';
import { maskFinding } from '../check/mask-verdict.ts';
import type { Bay } from '../check/run-stage.ts';
import { renderReplay } from '../render/render-replay.ts';
import type { ScreenStyle } from '../render/screen-style.ts';
import { replayNight } from '../replay/replay-night.ts';
import type { Stage } from '../stages/list-stages.ts';
import { takeSeed } from '../telemetry/stored-night.ts';
import { type Surroundings, shownPath } from './surroundings.ts';

/** Replays last night on the bench and draws what came of it, as the watch shows it. */
export async function replayPage(
  surroundings: Pick<Surroundings, 'cwd' | 'colour'>,
  bay: Bay,
  plan: {
    readonly place: BenchPlace;
    readonly stage: Stage;
    readonly width: number;
    readonly signal: AbortSignal;
    readonly onProgress: (what: string) => void;
  },
): Promise<string> {
  const { place, stage, width, signal, onProgress } = plan;
  const dirName = shownPath(surroundings, place.dir);
  const replayed = await replayNight(bay, {
    ...place,
    dirName,
    signals: stage.signals,
    seed: await seedOf(stage, place.stateDir),
    signal,
    onProgress,
  });
  return renderReplayed(replayed, { width, paint: createPaint(surroundings.colour) });
}

/** The number that the nights of a stage are drawn by, kept for the bench; none where there is only last night. */
export async function seedOf({ drawsNights }: Stage, stateDir: string, wanted?: number): Promise<number | undefined> {
  return drawsNights ? takeSeed(stateDir, wanted) : undefined;
}

/** Draws a replayed night, or why there was none. */
export function renderReplayed(replayed: Awaited<ReturnType<typeof replayNight>>, style: ScreenStyle): string {
  const lines = replayed.ok
    ? renderReplay(replayed.night, replayed.board, replayed.incident, style)
    : renderFinding(maskFinding(replayed.finding), 1, style.width, style.paint);
  return lines.join('\n');
}
