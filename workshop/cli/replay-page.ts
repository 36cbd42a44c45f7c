import { createPaint, renderFinding } from 'trace-shapes';
import type { BenchPlace } from '../bench/bench-place.ts';
import { maskFinding } from '../check/mask-verdict.ts';
import type { Bay } from '../check/run-stage.ts';
import { renderReplay } from '../render/render-replay.ts';
import type { ScreenStyle } from '../render/screen-style.ts';
import { replayNight } from '../replay/replay-night.ts';
import { type Surroundings, shownPath } from './surroundings.ts';

/** Replays last night on the bench and draws what came of it, as the watch shows it. */
export async function replayPage(
  surroundings: Pick<Surroundings, 'cwd' | 'colour'>,
  bay: Bay,
  plan: {
    readonly place: BenchPlace;
    readonly width: number;
    readonly signal: AbortSignal;
    readonly onProgress: (what: string) => void;
  },
): Promise<string> {
  const { place, width, signal, onProgress } = plan;
  const { dir, stateDir } = place;
  const replayed = await replayNight(bay, { dir, dirName: shownPath(surroundings, dir), stateDir, signal, onProgress });
  return renderReplayed(replayed, { width, paint: createPaint(surroundings.colour) });
}

/** Draws a replayed night, or why there was none. */
export function renderReplayed(replayed: Awaited<ReturnType<typeof replayNight>>, style: ScreenStyle): string {
  const lines = replayed.ok
    ? renderReplay(replayed.night, replayed.board, replayed.incident, style)
    : renderFinding(maskFinding(replayed.finding), 1, style.width, style.paint);
  return lines.join('\n');
}
