import { setTimeout as delay } from 'node:timers/promises';
import { blobId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import { type Bench, filesOfBench, readBench } from './read-bench.ts';
import { saveState } from './save-bench.ts';
import { readBlobs } from './save-store.ts';
import { writeBenchFiles } from './write-bench-files.ts';
import { markFile, placeMark, readMark, removeMark, takeOverMark, type WritePlan } from './write-mark.ts';

/** A write that was cut short: finished now, or given up because the bench was edited since or cannot be written. */
export type Interruption = {
  readonly finished: boolean;
  readonly stage: string | undefined;
  /** The save of the bench as it was before that write. */
  readonly saved: string | undefined;
};

/** The right to write the bench, held until it is disposed of; what an earlier holder left half done is finished. */
export type BenchClaim = AsyncDisposable & { readonly interruption: Interruption | undefined };

/** Waits until nobody else is writing the bench, and claims it. */
export async function claimBench(place: BenchPlace): Promise<BenchClaim> {
  const deadline = performance.now() + patienceMs;
  let interruption: Interruption | undefined;
  for (;;) {
    interruption = (await finishInterruptedWrite(place)) ?? interruption;
    if (await placeMark(place)) return { interruption, [Symbol.asyncDispose]: () => removeMark(place) };
    if (performance.now() > deadline) throw busyError(place);
  }
}

/** Finishes a write of the bench that was cut short, if there is one; waits for one that is still going on. */
export async function finishInterruptedWrite(place: BenchPlace): Promise<Interruption | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const mark = await readMark(place);
    if (!mark) return undefined;
    if (!mark.isAlive) return (await takeOverMark(place, mark)) ? finishTakenOver(place, mark.plan) : undefined;
    if (performance.now() > deadline) throw busyError(place);
    await delay(pollMs);
  }
}

async function finishTakenOver(place: BenchPlace, plan: WritePlan | undefined): Promise<Interruption | undefined> {
  try {
    return plan && (await finishPlan(place, plan));
  } finally {
    await removeMark(place);
  }
}

async function finishPlan(place: BenchPlace, plan: WritePlan): Promise<Interruption> {
  const bench = await readBench(place.dir);
  const found = { stage: plan.stage, saved: plan.saved };
  if (bench && isEditedSince(plan, bench)) {
    await saveState(place.stateDir, bench, 'edited after an interrupted write');
    return { ...found, finished: false };
  }
  const to = await readBlobs(place.stateDir, plan.to);
  // What still stops it must not stop the command that would get the learner out of there, such as undo.
  const finished = await writeBenchFiles(place, bench ? filesOfBench(bench) : new Map(), to).then(
    () => true,
    () => false,
  );
  return { ...found, finished };
}

function isEditedSince(plan: WritePlan, bench: Bench): boolean {
  const now = new Map(Array.from(filesOfBench(bench), ([path, content]) => [path, blobId(content)] as const));
  const paths = new Set([...now.keys(), ...Object.keys(plan.from), ...Object.keys(plan.to)]);
  return [...paths].some((path) => now.get(path) !== plan.from[path] && now.get(path) !== plan.to[path]);
}

function busyError(place: BenchPlace): UsageError {
  return new UsageError(
    `The bench \`${place.dir}\` is being written by another command, which has not finished within ${patienceMs / 1000} s. ` +
      `Wait for it or end it. If there is none, delete \`${markFile(place)}\`; the bench was saved before.`,
  );
}

const patienceMs = 5_000;
const pollMs = 10;
