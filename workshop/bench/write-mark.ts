import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchPlace } from './bench-place.ts';
import { draftDir } from './save-store.ts';
import { writeAtomically } from './write-atomically.ts';

/** What a write of the bench is about to do, so that it can be finished when it is cut short. */
export type WritePlan = {
  readonly stage: string | undefined;
  /** The save of the bench as it was. */
  readonly saved: string | undefined;
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
};

/** Who is writing the bench; without a plan as long as no file of it has been touched. */
export type WriteMark = { readonly pid: number; readonly plan?: WritePlan };

/** Puts our mark beside the bench; false when somebody's mark is there already. */
export async function placeMark(place: BenchPlace, plan?: WritePlan): Promise<boolean> {
  const mark: WriteMark = { pid: process.pid, ...(plan && { plan }) };
  await mkdir(place.stateDir, { recursive: true });
  try {
    await writeFile(markFile(place), JSON.stringify(mark), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  ours.add(markFile(place));
  return true;
}

/** Adds to our mark what is about to be written. */
export async function announcePlan(place: BenchPlace, plan: WritePlan): Promise<void> {
  await writeAtomically(markFile(place), JSON.stringify({ pid: process.pid, plan }), draftDir(place.stateDir));
}

/** Takes our mark away; one that we gave up stays. */
export async function removeMark(place: BenchPlace): Promise<void> {
  if (!ours.has(markFile(place))) return;
  await rm(markFile(place), { force: true });
  ours.delete(markFile(place));
}

/** Leaves our mark as that of a dead process, so that the next command finishes what failed. */
export async function giveUpMark(place: BenchPlace, plan: WritePlan): Promise<void> {
  ours.delete(markFile(place));
  await writeAtomically(markFile(place), JSON.stringify({ pid: nobody, plan }), draftDir(place.stateDir));
}

/** Makes a dead process's mark ours; false when another process was quicker. */
export async function takeOverMark(place: BenchPlace, mark: WriteMark): Promise<boolean> {
  const aside = join(draftDir(place.stateDir), randomUUID());
  await mkdir(draftDir(place.stateDir), { recursive: true });
  const isFirst = await rename(markFile(place), aside).then(
    () => true,
    () => false,
  );
  if (!isFirst) return false;
  await rm(aside, { force: true });
  return placeMark(place, mark.plan);
}

/** The mark beside the bench and whether its process still lives; undefined when nobody is writing. */
export async function readMark(place: BenchPlace): Promise<(WriteMark & { readonly isAlive: boolean }) | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(markFile(place), 'utf8'), stat(markFile(place))]);
    const isOld = Date.now() - mtimeMs > longestWriteMs;
    const mark = parseMark(text);
    // A mark that is still being written is its process's sign of life.
    return mark ? { ...mark, isAlive: !isOld && isRunning(place, mark.pid) } : { pid: nobody, isAlive: !isOld };
  } catch {
    return undefined;
  }
}

/** Where the mark is, for messages. */
export function markFile(place: BenchPlace): string {
  return join(place.stateDir, 'bench-write.json');
}

function parseMark(text: string): WriteMark | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRunning(place: BenchPlace, pid: number): boolean {
  if (pid === nobody) return false;
  if (pid === process.pid) return ours.has(markFile(place));
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const nobody = 0;
const ours = new Set<string>();
// A write takes milliseconds: a mark this old belongs to a process that is gone, and whose number another one has now.
const longestWriteMs = 30_000;
