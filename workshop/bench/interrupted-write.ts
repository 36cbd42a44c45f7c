import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { blobId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import { type Bench, filesOfBench, readBench } from './read-bench.ts';
import { saveState } from './save-bench.ts';
import { readBlobs } from './save-store.ts';
import { writeBenchFiles } from './write-bench-files.ts';

/** What a write of the bench was about to do, kept beside it until it is done. */
type Mark = {
  readonly pid: number;
  readonly stage: string | undefined;
  /** The save of the bench as it was. */
  readonly saved: string | undefined;
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
};

/** A write that was cut short: finished now, or given up because the bench was edited since. */
export type Interruption = {
  readonly finished: boolean;
  readonly stage: string | undefined;
  /** The save of the bench as it was before that write. */
  readonly saved: string | undefined;
};

/** Says what is about to be written, so that it can be finished if it is cut short; dispose when it is done. */
export async function markWrite(place: BenchPlace, mark: Omit<Mark, 'pid'>): Promise<AsyncDisposable> {
  const file = await open(markFile(place), 'wx').catch(() => undefined);
  if (!file) throw busyError(place);
  writing.add(markFile(place));
  await file.writeFile(JSON.stringify({ pid: process.pid, ...mark })).finally(() => file.close());
  return { [Symbol.asyncDispose]: () => unmark(place) };
}

/** Finishes a write of the bench that was cut short, if there is one; waits for one that is still going on. */
export async function finishInterruptedWrite(place: BenchPlace): Promise<Interruption | undefined> {
  const mark = await readDeadMark(place);
  if (!mark) return undefined;
  const bench = await readBench(place.dir);
  const finished = !bench || !isEditedSince(mark, bench);
  if (finished) {
    const to = await readBlobs(place.stateDir, mark.to);
    await writeBenchFiles(place, bench ? filesOfBench(bench) : new Map(), to);
  } else {
    await saveState(place.stateDir, bench, 'edited after an interrupted write');
  }
  await unmark(place);
  return { finished, stage: mark.stage, saved: mark.saved };
}

function isEditedSince(mark: Mark, bench: Bench): boolean {
  const now = new Map(Array.from(filesOfBench(bench), ([path, content]) => [path, blobId(content)] as const));
  const paths = new Set([...now.keys(), ...Object.keys(mark.from), ...Object.keys(mark.to)]);
  return [...paths].some((path) => now.get(path) !== mark.from[path] && now.get(path) !== mark.to[path]);
}

async function readDeadMark(place: BenchPlace): Promise<Mark | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const mark = await readMark(place);
    if (mark === undefined) return undefined;
    if (mark !== 'unreadable' && !isAlive(place, mark.pid)) return mark;
    if (performance.now() > deadline) {
      if (mark !== 'unreadable') throw busyError(place);
      await unmark(place);
      return undefined;
    }
    await delay(pollMs);
  }
}

// A mark is written before the first file of the bench: one that is cut off itself announces a write that never began.
async function readMark(place: BenchPlace): Promise<Mark | 'unreadable' | undefined> {
  const text = await readFile(markFile(place), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return 'unreadable';
  }
}

function isAlive(place: BenchPlace, pid: number): boolean {
  if (pid === process.pid) return writing.has(markFile(place));
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function unmark(place: BenchPlace): Promise<void> {
  await rm(markFile(place), { force: true });
  writing.delete(markFile(place));
}

function markFile(place: BenchPlace): string {
  return join(place.stateDir, 'bench-write.json');
}

function busyError(place: BenchPlace): UsageError {
  return new UsageError(
    `The bench \`${place.dir}\` is being written by another command, which has not finished within ${patienceMs / 1000} s. ` +
      `Wait for it or end it. If there is none, delete \`${markFile(place)}\`; the bench was saved before.`,
  );
}

const writing = new Set<string>();
const patienceMs = 5_000;
const pollMs = 20;
