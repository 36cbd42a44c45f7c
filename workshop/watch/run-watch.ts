import type { BenchPlace } from '../bench/bench-place.ts';
import { readBench } from '../bench/read-bench.ts';
import type { Bay } from '../check/run-stage.ts';
import { findStage } from '../stages/find-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { treeId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import { checkBench } from './check-bench.ts';
import type { WatchEvent } from './event.ts';
import type { EventQueue } from './event-queue.ts';
import { actionOf, type KeyAction } from './keys.ts';
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
  readonly replay: (signal: AbortSignal, onProgress: (what: string) => void) => Promise<string>;
  /** Whether to end after the first verdict. */
  readonly once: boolean;
  readonly signal: AbortSignal;
};

/**
 * Watches the bench until the user quits: every save is checked, one at a time, and a save during a check means just one
 * more. Returns the last verdict's status.
 */
export async function runWatch(plan: WatchPlan): Promise<'pass' | 'fail' | 'none'> {
  const { events, draw, place } = plan;
  let state = plan.state;
  let seen = '';
  let work: Promise<void> = Promise.resolve();
  plan.signal.addEventListener('abort', () => events.push({ type: 'ended' }), { once: true });
  await startCheck();
  for (;;) {
    draw(state);
    const event = await events.take();
    state = nextState(state, event, performance.now());
    if (event.type === 'ended' || (event.type === 'key' && actionOf(event.key) === 'quit')) break;
    if (event.type === 'saved' && !state.busy) await startIfChanged();
    if (event.type === 'key') await onKey(actionOf(event.key));
    if (event.type === 'checked' || event.type === 'done' || event.type === 'failed') {
      if (plan.once) break;
      const { again } = state;
      state = { ...state, again: false };
      if (again) await startIfChanged();
    }
  }
  draw(state);
  await work;
  return state.checked?.verdict.status ?? 'none';

  async function startIfChanged(): Promise<void> {
    const bench = await readBench(place.dir);
    if (!bench) {
      state = { ...state, message: `The bench ${plan.dirName}/ is gone. u brings it back.` };
      return;
    }
    const stage = bench.stage === undefined ? state.stage : findStage(plan.stages, bench.stage);
    const isNewStage = stage !== state.stage;
    if (treeId(bench.tree) === seen && !isNewStage) return;
    if (isNewStage) state = { ...state, stage, checked: undefined, hints: 0 };
    await startCheck();
  }

  async function startCheck(): Promise<void> {
    const bench = await readBench(place.dir);
    seen = bench ? treeId(bench.tree) : '';
    begin('checking', async (onProgress) => {
      const outcome = await checkBench(plan.openBay, { ...plan, isBench: true, stage: state.stage, onProgress });
      prepareNext();
      return { type: 'checked', outcome };
    });
  }

  /** While the learner thinks, a database is made for the next save. */
  function prepareNext(): void {
    const prepare = async () => {
      const bay = await plan.openBay();
      await bay.server.prepareClone({ sql: bay.sql });
    };
    // Without it, the next check makes its own, and says what is wrong if it cannot.
    if (!plan.once) prepare().catch(() => {});
  }

  async function onKey(action: KeyAction | undefined): Promise<void> {
    if (action === 'hint') state = { ...state, hints: Math.min(state.hints + 1, state.stage.definition.hints.length) };
    if (action === undefined || action === 'hint') return;
    if (state.busy) {
      state = { ...state, message: `Still ${state.busy.what}; press the key again when that is done.` };
      return;
    }
    if (action === 'check') return startCheck();
    if (action === 'replay') {
      begin('replaying last night', async (onProgress) => ({
        type: 'done',
        message: 'Any key goes back.',
        page: await plan.replay(plan.signal, onProgress),
      }));
      return;
    }
    begin(action, async () => ({ type: 'done', ...(await actOnBench(place, action)) }));
  }

  /** Starts something that ends by an event; meanwhile the loop goes on taking others. */
  function begin(what: string, run: (onProgress: (what: string) => void) => Promise<WatchEvent>): void {
    state = nextState({ ...state, busy: undefined }, { type: 'progress', what }, performance.now());
    const ticks = setInterval(() => events.push({ type: 'tick' }), 500);
    const onProgress = (now: string) => events.push({ type: 'progress', what: now });
    work = run(onProgress)
      .catch((error: unknown): WatchEvent => {
        if (plan.signal.aborted) return { type: 'ended' };
        if (error instanceof UsageError) return { type: 'failed', message: error.message };
        return {
          type: 'failed',
          message: `A mistake in the workshop, not in your code: ${error instanceof Error ? error.message : error}`,
        };
      })
      .then((event) => {
        clearInterval(ticks);
        events.push(event);
      });
  }
}
