import { gotoStage } from '../../bench/goto-stage.ts';
import { createForwarder } from '../../live/forward-telemetry.ts';
import { renderWatch } from '../../render/render-watch.ts';
import { toTerminalText } from '../../telemetry/terminal-text.ts';
import type { WatchEvent } from '../../watch/event.ts';
import { createEventQueue, type EventQueue } from '../../watch/event-queue.ts';
import { KEYS } from '../../watch/keys.ts';
import { readKeys } from '../../watch/read-keys.ts';
import { runWatch, type WatchEnd } from '../../watch/run-watch.ts';
import { openScreen } from '../../watch/screen.ts';
import { watchFiles } from '../../watch/watch-files.ts';
import { freshState, type WatchState } from '../../watch/watch-state.ts';
import { type BenchAtHand, takeBench } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { readDeadline } from '../read-deadline.ts';
import { replayPage } from '../replay-page.ts';
import { type ScreenOptions, type ScreenPlan, screenOf, withScreenOptions } from '../screen-options.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import { asLines } from '../watch-as-lines.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = ScreenOptions & { readonly once?: true };

/** `npm start [stage]`: the workshop itself. */
export const start: WorkshopCommand = (declare, run) => {
  withScreenOptions(declare('start', 'set the bench up, watch it, and show the verdict on every save'))
    .argument('[stage]', 'go to the start of this stage first; where the bench stands, if left out')
    .option('--once', 'end after the first verdict: exit 0 passed, 1 failed')
    .action(run(watchBench));
};

async function watchBench(
  surroundings: Surroundings,
  wanted: string | undefined,
  { once, ...options }: Options,
): Promise<number> {
  const atHand = await benchAt(surroundings, wanted);
  const events = createEventQueue<WatchEvent>();
  const screen = screenOf(surroundings, options);
  const size = { columns: screen.style.width, rows: screen.rows };
  await using held = new AsyncDisposableStack();
  const bay = held.use(createBay(surroundings, (what) => events.push({ type: 'progress', what })));
  const { forward } = held.use(
    createForwarder(surroundings.env.OTEL_EXPORTER_OTLP_ENDPOINT, (message) => events.push({ type: 'told', message })),
  );
  held.use(await watchFiles(atHand.place.dir, () => events.push({ type: 'saved' })));
  // The second screen goes away with the workshop: a verdict that is the last one must stay.
  const isLast = once === true || !surroundings.isInteractive;
  const draw =
    isLast || options.plain
      ? asLines(surroundings, screen)
      : onScreen(surroundings, screen, { events, held, isBig: options.big === true });
  if (options.plain && !isLast) {
    takeKeys(surroundings, events, held);
    screen.print(`  ${KEYS.map(({ key, label }) => `${key} ${label}`).join(' · ')}`);
  }
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
    onTelemetry: forward,
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
  { style: { paint } }: ScreenPlan,
  {
    events,
    held,
    isBig,
  }: { readonly events: EventQueue<WatchEvent>; readonly held: AsyncDisposableStack; readonly isBig: boolean },
) {
  const terminal = takeKeys(surroundings, events, held);
  const screen = held.use(openScreen((text) => void terminal.output.write(text)));
  // A second Ctrl-C does not wait for what is held; the terminal is given back all the same.
  held.use(surroundings.atExit(() => screen[Symbol.dispose]()));
  const onResize = () => {
    screen.forget();
    if (!isBig)
      events.push({ type: 'resized', columns: Math.min(terminal.output.columns, 100), rows: terminal.output.rows });
  };
  terminal.output.on('resize', onResize);
  held.defer(() => void terminal.output.off('resize', onResize));
  return (state: WatchState) =>
    screen.draw(renderWatch(state, { width: state.columns, paint }, performance.now()).map(toTerminalText));
}

/** Keys come from the terminal until everything ends. */
function takeKeys({ terminal }: Surroundings, events: EventQueue<WatchEvent>, held: AsyncDisposableStack) {
  if (!terminal) throw new Error('An interactive watch needs a terminal.');
  held.use(readKeys(terminal.input, (key) => events.push({ type: 'key', key })));
  return terminal;
}
