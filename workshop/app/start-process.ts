import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from '../keeper/end-group.ts';
import type { Keeper } from '../keeper/open-keeper.ts';
import type { Env } from './app-env.ts';
import type { Exit } from './app-failure.ts';
import type { WritableAppLog } from './app-log.ts';
import { askToStop, preparationFor, type StopStyle } from './ask-to-stop.ts';
import { isGroupAlive } from './group-facts.ts';
import { readLines } from './read-lines.ts';
import { settlesWithin } from './settles-within.ts';

/** One process of an app, started and not yet known to be healthy. */
export type AppProcess = {
  readonly name: string;
  readonly port: number;
  /** Undefined when the command could not be run at all. */
  readonly pid: number | undefined;
  readonly command: string;
  readonly started: Promise<'started' | 'not found'>;
  /** Resolves when the process itself has ended. */
  readonly exited: Promise<Exit>;
  /** Resolves when it has ended and everything that it printed has come. */
  readonly closed: Promise<void>;
  stop(graceMs: number): Promise<ProcessStop>;
};

/** How a process went when it was asked to. */
export type ProcessStop = Exit & {
  readonly name: string;
  readonly asked: 'SIGTERM' | 'SIGKILL';
  /** True when it, or a process that it had started, did not go within the grace. */
  readonly stoppedByForce: boolean;
};

/** What one process is started with. */
export type ProcessPlan = {
  readonly name: string;
  readonly port: number;
  readonly words: readonly [string, ...string[]];
  readonly env: Env;
  readonly dir: string;
  readonly stopStyle: StopStyle;
};

/** Starts a process in a group of its own that ends with us, whatever happens to us. */
export function startProcess(plan: ProcessPlan, log: WritableAppLog, keeper: Keeper): AppProcess {
  const { name, port, stopStyle } = plan;
  const [command, ...args] = plan.words;
  const { stdio, nodeOptions } = preparationFor(stopStyle);
  const child = spawn(command, args, {
    cwd: plan.dir,
    env: {
      ...plan.env,
      ...keeper.marker,
      ...(nodeOptions && { NODE_OPTIONS: joinOptions(plan.env.NODE_OPTIONS, nodeOptions) }),
    },
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', ...stdio],
  });
  const { pid } = child;
  if (pid !== undefined) keeper.own(pid);
  for (const stream of ['stdout', 'stderr'] as const) {
    const readable = child[stream];
    if (readable) readLines(readable, (line) => log.append({ process: name, stream, line, atMs: Date.now() }));
  }
  const { started, exited, closed } = follow(child);
  void closed.then(() => pid !== undefined && keeper.disown(pid));
  let stopping: Promise<ProcessStop> | undefined;
  const stop = (graceMs: number) => {
    stopping ??= stopProcess({ name, child, exited, closed, stopStyle }, graceMs);
    return stopping;
  };
  return { name, port, pid, command, started, exited, closed, stop };
}

function follow(child: ChildProcess): Pick<AppProcess, 'started' | 'exited' | 'closed'> {
  const started = Promise.withResolvers<'started' | 'not found'>();
  const exited = Promise.withResolvers<Exit>();
  const closed = Promise.withResolvers<void>();
  child.once('spawn', () => started.resolve('started'));
  child.once('exit', (code, signal) => exited.resolve({ code, signal }));
  child.once('close', () => closed.resolve());
  child.on('error', () => {
    // Errors of sending a message arrive here too, from a process that runs.
    if (child.pid !== undefined) return;
    started.resolve('not found');
    exited.resolve({ code: null, signal: null });
    closed.resolve();
  });
  return { started: started.promise, exited: exited.promise, closed: closed.promise };
}

type Stoppable = Pick<AppProcess, 'name' | 'exited' | 'closed'> & {
  readonly child: ChildProcess;
  readonly stopStyle: StopStyle;
};

async function stopProcess(
  { name, child, exited, closed, stopStyle }: Stoppable,
  graceMs: number,
): Promise<ProcessStop> {
  const deadline = performance.now() + graceMs;
  const asked = graceMs > 0 ? 'SIGTERM' : 'SIGKILL';
  if (asked === 'SIGTERM') askToStop(child, stopStyle);
  // What it started may stay longer than itself, out of sight of its streams.
  const wentByItself = (await settlesWithin(closed, graceMs)) && (await groupEndsBy(child.pid, deadline));
  if (!wentByItself && child.pid !== undefined) {
    signalGroup(child.pid, 'SIGKILL');
    if (!(await settlesWithin(closed, 1_000))) abandonStreams(child);
    await groupEndsBy(child.pid, performance.now() + 1_000);
  }
  return { name, asked, ...(await exited), stoppedByForce: !wentByItself };
}

async function groupEndsBy(leader: number | undefined, deadline: number): Promise<boolean> {
  while (leader !== undefined && isGroupAlive(leader)) {
    if (performance.now() >= deadline) return false;
    await delay(5);
  }
  return true;
}

/** Somebody outside of the group still holds them; nothing of ours will come by them. */
function abandonStreams(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function joinOptions(...options: readonly (string | undefined)[]): string {
  return options.filter(Boolean).join(' ');
}
