import { createPaint } from 'trace-shapes';
import { gotoStage } from '../../bench/goto-stage.ts';
import { renderStageVerdict } from '../../render/render-stage-verdict.ts';
import { renderTask } from '../../render/render-task.ts';
import { renderWatch } from '../../render/render-watch.ts';
import type { WatchEvent } from '../../watch/event.ts';
import { createEventQueue, type EventQueue } from '../../watch/event-queue.ts';
import { readKeys } from '../../watch/read-keys.ts';
import { runWatch, type WatchEnd } from '../../watch/run-watch.ts';
import { openScreen } from '../../watch/screen.ts';
import { watchFiles } from '../../watch/watch-files.ts';
import { freshState, type WatchState } from '../../watch/watch-state.ts';
import { type BenchAtHand, takeBench } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { readDeadline } from '../read-deadline.ts';
import { replayPage } from '../replay-page.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly big?: true; readonly once?: true };

/** `npm start [stage]`: the workshop itself. */
export const start: WorkshopCommand = (declare, run) => {
  declare('start', 'set the bench up, watch it, and show the verdict on every save')
    .argument('[stage]', 'go to the start of this stage first; where the bench stands, if left out')
    .option('--big', 'for a projector: 60 columns and 20 rows')
    .option('--once', 'end after the first verdict: exit 0 passed, 1 failed')
    .action(run(watchBench));
};

async function watchBench(
  surroundings: Surroundings,
  wanted: string | undefined,
  { big, once }: Options,
): Promise<number> {
  const atHand = await benchAt(surroundings, wanted);
  const events = createEventQueue<WatchEvent>();
  const size = big
    ? { columns: 60, rows: 20 }
    : { columns: Math.min(surroundings.columns, 100), rows: surroundings.rows };
  await using held = new AsyncDisposableStack();
  const bay = held.use(createBay(surroundings, (what) => events.push({ type: 'progress', what })));
  held.use(await watchFiles(atHand.place.dir, () => events.push({ type: 'saved' })));
  // The second screen goes away with the workshop: a verdict that is the last one must stay.
  const isLast = once === true || !surroundings.isInteractive;
  const draw = isLast ? asLines(surroundings) : onScreen(surroundings, events, held, big === true);
  // `npm start < /dev/null`: nobody will ever press a key, nor wait for a second verdict.
  if (!surroundings.isInteractive) held.use(surroundings.onInputEnd(() => events.push({ type: 'input-ended' })));
  const end = await runWatch({
    ...atHand,
    state: freshState(atHand.stage, size),
    events,
    draw,
    cwd: surroundings.cwd,
    dirName: shownPath(surroundings, atHand.place.dir),
    openBay: bay.open,
    replay: async (stage, signal, onProgress) =>
      replayPage(surroundings, await bay.open(), { ...atHand, stage, width: size.columns, signal, onProgress }),
    once: once === true || (!surroundings.isInteractive && surroundings.env.CI !== undefined),
    deadlineMs: readDeadline(surroundings),
    signal: surroundings.signal,
  });
  return EXIT_CODES[end];
}

/** Who leaves the workshop has not failed. */
const EXIT_CODES: Readonly<Record<WatchEnd, number>> = { left: 0, pass: 0, fail: 1, none: 2 };

async function benchAt(surroundings: Surroundings, wanted: string | undefined): Promise<BenchAtHand> {
  const atHand = await takeBench(surroundings);
  if (wanted === undefined) return atHand;
  const there = await takeBench(surroundings, wanted);
  if (there.stage === atHand.stage) return atHand;
  await gotoStage(atHand.place, there.stage.slug);
  surroundings.note(
    `The bench was at ${atHand.stage.name}; it is saved, and now at the start of ${there.stage.name}. \`npm run undo\` goes back.`,
  );
  return there;
}

/** Draws on the terminal's second screen, and takes keys. */
function onScreen(
  surroundings: Surroundings,
  events: EventQueue<WatchEvent>,
  held: AsyncDisposableStack,
  isBig: boolean,
) {
  const { terminal } = surroundings;
  if (!terminal) throw new Error('An interactive watch needs a terminal.');
  const screen = held.use(openScreen((text) => void terminal.output.write(text)));
  // A second Ctrl-C does not wait for what is held; the terminal is given back all the same.
  held.use(surroundings.atExit(() => screen[Symbol.dispose]()));
  held.use(readKeys(terminal.input, (key) => events.push({ type: 'key', key })));
  const onResize = () => {
    screen.forget();
    if (!isBig)
      events.push({ type: 'resized', columns: Math.min(terminal.output.columns, 100), rows: terminal.output.rows });
  };
  terminal.output.on('resize', onResize);
  held.defer(() => void terminal.output.off('resize', onResize));
  const paint = createPaint(surroundings.colour);
  return (state: WatchState) => screen.draw(renderWatch(state, { width: state.columns, paint }, performance.now()));
}

/** Prints each verdict and message once, for pipes and screen readers. */
function asLines({ print, note, colour }: Surroundings) {
  const paint = createPaint(colour);
  let checked: WatchState['checked'];
  let told: readonly (string | undefined)[] = [];
  let doing: string | undefined;
  let stage: WatchState['stage'] | undefined;
  return (state: WatchState) => {
    if (state.stage !== stage) print(`\n${renderTask(state.stage, { width: state.columns, paint }).join('\n')}\n`);
    stage = state.stage;
    if (state.busy && state.busy.what !== doing) note(`… ${state.busy.what}`);
    doing = state.busy?.what;
    if (state.checked && state.checked !== checked) {
      print(
        `\n${renderStageVerdict(state.checked.verdict, { width: state.columns, paint }, { title: state.stage.definition.title, ...state.checked })}\n`,
      );
    }
    checked = state.checked;
    for (const text of [state.trouble, state.message]) if (text && !told.includes(text)) print(text);
    told = [state.trouble, state.message];
  };
}
