import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { parseProcfile } from '../../app/parse-procfile.ts';
import { LIVE_ACTIONS } from '../../live/actions/index.ts';
import { createForwarder } from '../../live/forward-telemetry.ts';
import type { LiveEvent } from '../../live/live-event.ts';
import type { LiveAction } from '../../live/live-shop.ts';
import type { LiveApp } from '../../live/open-live-app.ts';
import { runLive } from '../../live/run-live.ts';
import { renderReplay } from '../../render/render-replay.ts';
import type { ScreenStyle } from '../../render/screen-style.ts';
import { judgeSuspects } from '../../replay/judge-suspects.ts';
import { toNight } from '../../replay/night.ts';
import { readIncident } from '../../replay/read-incident.ts';
import type { NightFacts } from '../../scenario/last-night.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { createEventQueue, type EventQueue } from '../../watch/event-queue.ts';
import { readKeys } from '../../watch/read-keys.ts';
import { watchFiles } from '../../watch/watch-files.ts';
import { takeBench, takeCopy } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { type ScreenOptions, screenOf, withScreenOptions } from '../screen-options.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = ScreenOptions & { readonly do?: string; readonly app?: string };

/** `npm run app`: the bench's processes with a live tree of every trace, for live coding. */
export const app: WorkshopCommand = (declare, run) => {
  withScreenOptions(declare('app', 'run the bench and show every trace as it comes; keys make some'))
    .option('--do <keys>', `press these keys, such as \`c,t\`, and end: ${shownKeys(LIVE_ACTIONS)}`)
    .option('--app <dir>', 'run this copy of the app instead of the bench')
    .action(run(runApp));
};

async function runApp(surroundings: Surroundings, options: Options): Promise<number> {
  const wanted = options.do === undefined ? undefined : parseKeys(options.do);
  const { place, stage } =
    options.app === undefined ? await takeBench(surroundings) : await takeCopy(surroundings, options.app);
  const { env, note, signal } = surroundings;
  const { style, print } = screenOf(surroundings, options);
  const events = createEventQueue<LiveEvent>();
  await using held = new AsyncDisposableStack();
  const bay = held.use(createBay(surroundings, (what) => note(`… ${what}`)));
  const { forward } = held.use(createForwarder(env.OTEL_EXPORTER_OTLP_ENDPOINT, note));
  if (wanted) pressAll(wanted, events);
  else {
    held.use(await watchFiles(place.dir, () => events.push({ type: 'saved' })));
    held.use(takeKeys(surroundings, events));
    print(`  ${shownKeys(await offeredActions(place.dir))} · q quit`);
  }
  const isWell = await runLive(await bay.open(), {
    dir: place.dir,
    dirName: shownPath(surroundings, place.dir),
    stateDir: place.stateDir,
    signals: stage.signals,
    events,
    print,
    style,
    forward,
    renderNight: (facts, live) => renderNight(facts, live, place.dir, style),
    signal,
  });
  return isWell || !wanted ? 0 : 1;
}

function shownKeys(actions: readonly LiveAction[]): string {
  return actions.map(({ key, label }) => `${key} ${label}`).join(' · ');
}

async function offeredActions(dir: string): Promise<readonly LiveAction[]> {
  const { entries } = parseProcfile(await readFile(join(dir, 'Procfile'), 'utf8').catch(() => ''));
  return LIVE_ACTIONS.filter(
    ({ needsProcess }) => needsProcess === undefined || entries.some(({ name }) => name === needsProcess),
  );
}

function parseKeys(text: string): readonly string[] {
  const keys = text.split(/[\s,]+/).filter((key) => key !== '');
  const unknown = keys.find((key) => !LIVE_ACTIONS.some((action) => action.key === key));
  if (unknown === undefined && keys.length > 0) return keys;
  throw new UsageError(
    `\`--do ${text}\` names no key${unknown ? ` "${unknown}"` : ''}. The keys are ${shownKeys(LIVE_ACTIONS)}; several so: \`--do c,t\`.`,
  );
}

function pressAll(keys: readonly string[], events: EventQueue<LiveEvent>): void {
  for (const key of keys) events.push({ type: 'key', key });
  events.push({ type: 'no-more-keys' });
}

/** Keys come from the terminal; without one, from what is piped in, until its end. */
function takeKeys({ terminal }: Surroundings, events: EventQueue<LiveEvent>): Disposable {
  const onKey = (key: string) => events.push({ type: 'key', key });
  return terminal
    ? readKeys(terminal.input, onKey)
    : readPipedKeys(process.stdin, onKey, () => events.push({ type: 'no-more-keys' }));
}

/** A terminal is left alone here: whoever reads it from the background is stopped. */
function readPipedKeys(input: Readable, onKey: (key: string) => void, onEnd: () => void): Disposable {
  if ('isTTY' in input && input.isTTY) return { [Symbol.dispose]: () => {} };
  const onData = (data: Buffer) => {
    for (const key of data.toString('utf8')) onKey(key);
  };
  input.on('data', onData).once('end', onEnd);
  return {
    [Symbol.dispose]() {
      input.off('data', onData).off('end', onEnd);
      input.pause();
    },
  };
}

async function renderNight(facts: NightFacts, live: LiveApp, dir: string, style: ScreenStyle): Promise<string> {
  const night = toNight({ facts, telemetry: live.receiver.telemetry, log: live.lines() });
  return ['', ...renderReplay(night, judgeSuspects(night), await readIncident(dir), style), ''].join('\n');
}
