import type { Telemetry } from 'trace-shapes';
import type { BenchPlace } from '../bench/bench-place.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { createBackgroundWork, type WorkRun } from './background-work.ts';
import { checkBench } from './check-bench.ts';
import type { WatchEvent } from './event.ts';
import type { EventQueue } from './event-queue.ts';
import { actionOf, type KeyAction } from './keys.ts';
import { lookAtBench } from './look-at-bench.ts';
import { onAbort } from './on-abort.ts';
import { actOnBench } from './watch-actions.ts';
import { nextState, type WatchState } from './watch-state.ts';

/** What the watch works with. */
export type WatchPlan = {
  readonly place: BenchPlace;
  readonly dirName: string;
  readonly cwd: string;
  readonly stages: readonly Stage[];
  readonly state: WatchState;
  readonly events: EventQueue<WatchEvent>;
  readonly openBay: () => Promise<Bay>;
  readonly draw: (state: WatchState) => void;
  /** Last night on this bench, as a page of text. */
  readonly replay: (stage: Stage, ...run: Parameters<WorkRun>) => Promise<string>;
  /** Hears of the spans of every check as they arrive. */
  readonly onTelemetry?: (arrived: Telemetry) => void;
  /** How long the scenario may take. */
  readonly deadlineMs?: number | undefined;
  /** Whether to end after the first verdict. */
  readonly once: boolean;
  readonly signal: AbortSignal;
};

/** How a watch ended: somebody left it, or it was to end with a verdict, and that is it; `none` when there could be none. */
export type WatchEnd = 'left' | 'pass' | 'fail' | 'none';

/**
 * Watches the bench until the user quits: every save is checked, one at a time, and a save during a check means just one
 * more. What is under way when it ends is called off.
 */
export async function runWatch(plan: WatchPlan): Promise<WatchEnd> {
  const { events, draw, place } = plan;
  let { state, once } = plan;
  let seen = '';
  await using work = createBackgroundWork(events, plan.signal);
  onAbort(plan.signal, () => events.push({ type: 'ended' }));
  await startCheck();
  for (;;) {
    draw(state);
    const event = await events.take();
    state = nextState(state, event);
    switch (event.type) {
      case 'ended':
        return 'left';
      case 'input-ended':
        once = true;
        break;
      case 'key':
        if (actionOf(event.key) === 'quit') return 'left';
        await onKey(actionOf(event.key));
        break;
      case 'saved':
        if (!state.busy) await startIfChanged();
        break;
      case 'failed':
        // What was not judged was not seen: the same again is checked at the next save.
        seen = '';
        if (!once && state.again) await startIfChanged();
        break;
      case 'checked':
      case 'done':
        if (!once && state.again) await startIfChanged();
        break;
    }
    if (once && !state.busy && (state.checked || state.trouble)) break;
  }
  draw(state);
  return state.trouble ? 'none' : (state.checked?.verdict.status ?? 'none');

  async function startIfChanged(): Promise<void> {
    state = { ...state, again: false };
    await startCheck(seen);
  }

  /** Checks what is on the bench, unless that was seen before. */
  async function startCheck(seenBefore?: string): Promise<void> {
    const look = await lookAtBench(place.dir, plan.dirName, { ...plan, stage: state.stage });
    if ('trouble' in look) {
      seen = '';
      events.push({ type: 'failed', message: look.trouble });
      return;
    }
    const { stage } = look;
    const isNewStage = stage !== state.stage;
    if (look.id === seenBefore && !isNewStage) return;
    if (isNewStage) state = { ...state, stage, checked: undefined, hints: 0 };
    seen = look.id;
    begin('checking', async (signal, onProgress) => {
      const outcome = await checkBench(plan.openBay, {
        ...plan,
        isBench: true,
        asksForNight: true,
        stage,
        signal,
        onProgress,
      });
      if (!once) void prepareNext();
      return { type: 'checked', outcome };
    });
  }

  /** While the learner thinks, a database is made for the next save. */
  async function prepareNext(): Promise<void> {
    try {
      const bay = await plan.openBay();
      await bay.server.prepareClone({ sql: bay.sql });
    } catch {
      // Without it, the next check makes its own, and says what is wrong if it cannot.
    }
  }

  async function onKey(action: KeyAction | undefined): Promise<void> {
    if (action === 'hint') state = { ...state, hints: Math.min(state.hints + 1, state.stage.definition.hints.length) };
    if (action === undefined || action === 'hint' || action === 'more') return;
    if (state.busy) {
      state = { ...state, message: `Still ${state.busy.what}; press the key again when that is done.` };
      return;
    }
    if (action === 'check') return startCheck();
    if (action === 'replay') return begin('replaying last night', replay);
    begin(action, async () => ({ type: 'done', ...(await actOnBench(place, action)) }));
  }

  async function replay(...args: Parameters<WorkRun>): Promise<WatchEvent> {
    return { type: 'done', message: 'Any key goes back.', page: await plan.replay(state.stage, ...args) };
  }

  /** Starts something that ends by an event; meanwhile the loop goes on taking others. */
  function begin(what: string, run: WorkRun): void {
    state = { ...state, busy: { what, sinceMs: performance.now() } };
    work.start(run);
  }
}
