import { renderFinding, type Telemetry, waitUntilQuiet } from 'trace-shapes';
import type { CheckFinding } from '../check/check.ts';
import { explainCrash } from '../check/explain-failure.ts';
import { maskFinding } from '../check/mask-verdict.ts';
import type { Bay } from '../check/run-stage.ts';
import type { ScreenStyle } from '../render/screen-style.ts';
import type { NightFacts } from '../scenario/last-night.ts';
import type { Signal } from '../stages/define-stage.ts';
import { CHANGE_VARIABLE } from '../supply-chain/topology.ts';
import { keepRun } from '../telemetry/keep-run.ts';
import { settleTraces, type TraceSettler } from '../telemetry/settle-traces.ts';
import type { EventQueue } from '../watch/event-queue.ts';
import { onAbort } from '../watch/on-abort.ts';
import { LIVE_ACTIONS } from './actions/index.ts';
import { changeFileIn } from './change-file.ts';
import { createKeeping } from './keep-telemetry.ts';
import type { LiveEvent } from './live-event.ts';
import type { LiveAction } from './live-shop.ts';
import { type LiveApp, openLiveApp } from './open-live-app.ts';
import { createTraceShow, type TraceShow } from './show-traces.ts';
import { createTaskLine, type Task } from './task-line.ts';

/** What the live view works with. */
export type LivePlan = {
  readonly dir: string;
  /** How the learner calls that folder. */
  readonly dirName: string;
  readonly signals: readonly Signal[];
  readonly stateDir: string;
  readonly events: EventQueue<LiveEvent>;
  readonly print: (text: string) => void;
  readonly style: ScreenStyle;
  /** Hands what arrives on to somebody else. */
  readonly forward: (arrived: Telemetry) => void;
  /** Draws a night that was replayed. */
  readonly renderNight: (facts: NightFacts, app: LiveApp) => Promise<string>;
  readonly signal: AbortSignal;
};

/**
 * Runs the bench's app and shows every trace once it is complete and quiet, until the user quits, or no more keys come
 * and everything is done. Returns whether all went well.
 */
export async function runLive(bay: Bay, plan: LivePlan): Promise<boolean> {
  const { events, print, style, stateDir, signal } = plan;
  const show = createTraceShow(print, style);
  const keeping = createKeeping(() => keepRun(stateDir, runOf(app)));
  await using app = await openLiveApp(bay, {
    ...plan,
    env: { [CHANGE_VARIABLE]: changeFileIn(stateDir) },
    onCrash: (crash) => events.push({ type: 'crashed', crash }),
    onTelemetry: plan.forward,
  });
  using settler = settleTraces(app.receiver, {
    quietMs: QUIET_MS,
    deadlineMs: PATIENCE_MS,
    onSettled(settled) {
      show.show(settled);
      keeping.ask();
    },
  });
  const desk: Desk = { plan, app, settler, show };
  const isWell = await takeEvents(desk);
  if (!signal.aborted) await finish(desk);
  keeping.ask();
  await keeping.finish();
  return isWell;
}

type Desk = {
  readonly plan: LivePlan;
  readonly app: LiveApp;
  readonly settler: TraceSettler;
  readonly show: TraceShow;
};

async function takeEvents(desk: Desk): Promise<boolean> {
  const { plan, app } = desk;
  const { events, print, signal } = plan;
  let isWell = true;
  let isLast = false;
  const fail = (finding: CheckFinding) => {
    isWell = false;
    print(renderFinding(maskFinding(finding), 1, plan.style.width, plan.style.paint).join('\n'));
    if (!isLast) print('  Save a file of the bench, and it is started again.');
  };
  const line = createTaskLine((error) => events.push({ type: 'done', error }));
  const start = startTask(desk, fail);
  onAbort(signal, () => events.push({ type: 'ended' }));
  line.append(start('fresh'));
  for (;;) {
    const event = await events.take();
    switch (event.type) {
      case 'key': {
        if (isQuit(event.key)) return quit();
        const action = LIVE_ACTIONS.find(({ key }) => key === event.key.toLowerCase());
        if (action?.needsFreshShop) line.append(start('fresh'));
        if (action) line.append(actionTask(desk, action));
        break;
      }
      case 'saved':
        print('  saved: starting again');
        isWell = true;
        line.interruptWith(start('again'));
        break;
      case 'crashed':
        fail(explainCrash(event.crash, plan.dir, plan.dirName));
        line.interruptWith(() => app.stop());
        break;
      case 'done':
        if (event.error) print(`  It could not be done: ${reasonOf(event.error)}`);
        if (event.error) isWell = false;
        break;
      case 'no-more-keys':
        isLast = true;
        break;
      case 'ended':
        return quit();
    }
    if (isLast && line.isEmpty()) return isWell;
  }

  async function quit(): Promise<boolean> {
    await line.clear();
    return isWell;
  }
}

function startTask({ plan, app }: Desk, fail: (finding: CheckFinding) => void) {
  return (how: 'fresh' | 'again'): Task =>
    async (signal) => {
      const finding = await app.start(how);
      if (finding) return fail(finding);
      // It may have crashed already, or a save has come.
      if (signal.aborted) return;
      const urls = Object.entries(app.shop?.urls ?? {}).map(([name, url]) => `${name} ${url}`);
      plan.print(`  ${urls.join('  ')}`);
    };
}

function actionTask(
  { plan, app, settler, show }: Desk,
  { needsFreshShop, drawsCrowds = needsFreshShop, run }: LiveAction,
): Task {
  return async (signal) => {
    if (!app.shop) return plan.print('  The shop does not run.');
    const countSpans = () => app.receiver.telemetry.spans.length;
    const before = countSpans();
    show.begin(drawsCrowds ? 'lines' : 'trees');
    const { dir, print: tell, stateDir } = plan;
    const facts = await run({ ...app.shop, dir, changeFile: changeFileIn(stateDir), signal, tell });
    // What comes of one key is shown before the next one begins.
    await waitUntilQuiet(app.receiver, { quietMs: QUIET_MS + 50, deadlineMs: 3_000, signal });
    if (countSpans() === before) plan.print('  No span came of that yet.');
    if (!facts) return;
    settler.flush();
    plan.print(await plan.renderNight(facts, app));
  };
}

/** The exit is the barrier: everything that the app will ever send has come then. */
async function finish({ app, settler, plan }: Desk): Promise<void> {
  await waitUntilQuiet(app.receiver, { quietMs: QUIET_MS, deadlineMs: 3_000, signal: plan.signal });
  await app.stop();
  settler.flush();
  if (app.receiver.telemetry.spans.length === 0) plan.print('  No span came at all. `npm run check` says why.');
}

function runOf(app: LiveApp) {
  return { source: 'npm run app', telemetry: app.receiver.telemetry, log: app.lines() };
}

function isQuit(key: string): boolean {
  return key === 'q' || key === 'Q' || key === '\u0003' || key === '\u0004';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** What the shop does after its answer begins at most 100 ms later. */
const QUIET_MS = 400;
/** Longer than a checkout of last night hangs. */
const PATIENCE_MS = 10_000;
