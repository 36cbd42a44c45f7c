import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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
  if (!(await createWhole(markFile(place), JSON.stringify(mark), draftDir(place.stateDir)))) return false;
  ours.add(markFile(place));
  return true;
}

/** Makes a file that is whole as soon as it is there; false when there is one already. */
async function createWhole(file: string, content: string, drafts: string): Promise<boolean> {
  await mkdir(drafts, { recursive: true });
  const draft = join(drafts, randomUUID());
  try {
    await writeFile(draft, content);
    await link(draft, file).catch((error) => createInPlace(file, content, error));
    return true;
  } catch (error) {
    if (isThere(error)) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Some file systems, those of sticks among them, know no second name for a file. */
async function createInPlace(file: string, content: string, why: unknown): Promise<void> {
  if (!NO_LINKS.has(String(codeOf(why)))) throw why;
  await writeFile(file, content, { flag: 'wx' });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function isThere(error: unknown): boolean {
  return codeOf(error) === 'EEXIST';
}

/** Adds to our mark what is about to be written. */
export async function announcePlan(place: BenchPlace, plan: WritePlan): Promise<void> {
  await writeAtomically(markFile(place), JSON.stringify({ pid: process.pid, plan }), draftDir(place.stateDir));
}

/** Takes our mark away; one that we gave up stays. */
export async function removeMark(place: BenchPlace): Promise<void> {
  if (!ours.has(markFile(place))) return;
  // Should it stay, on a disk that turned read-only, it is a dead process's, to us as well.
  ours.delete(markFile(place));
  await rm(markFile(place), { force: true });
}

/** Leaves our mark as that of a dead process, so that the next command finishes what failed. */
export async function giveUpMark(place: BenchPlace, plan: WritePlan): Promise<void> {
  ours.delete(markFile(place));
  await writeAtomically(markFile(place), JSON.stringify({ pid: nobody, plan }), draftDir(place.stateDir));
}

/**
 * Makes a dead process's mark ours; false when another process was quicker. Meanwhile the plan stays where the next
 * command finds it, should this one be killed, too.
 */
export async function takeOverMark(place: BenchPlace, mark: FoundMark): Promise<boolean> {
  if (!mark.isTaken) {
    const isFirst = await rename(markFile(place), takenFile(place)).then(
      () => true,
      () => false,
    );
    if (!isFirst) return false;
  }
  const isOurs = await placeMark(place, mark.plan);
  await rm(takenFile(place), { force: true });
  return isOurs;
}

/** A mark as it was found. */
export type FoundMark = WriteMark & {
  readonly isAlive: boolean;
  /** Whether somebody was about to take it over, and may have died of it. */
  readonly isTaken: boolean;
};

/** The mark beside the bench and whether its process still lives; undefined when nobody is writing. */
export async function readMark(place: BenchPlace): Promise<FoundMark | undefined> {
  const found = await readMarkFile(markFile(place));
  if (found) {
    const { mark, isOld } = found;
    // A mark that is still being written is its process's sign of life.
    if (!mark) return { pid: nobody, isAlive: !isOld, isTaken: false };
    return { ...mark, isAlive: !isOld && isRunning(place, mark.pid), isTaken: false };
  }
  const taken = await readMarkFile(takenFile(place));
  return taken?.mark && { ...taken.mark, isAlive: false, isTaken: true };
}

async function readMarkFile(file: string): Promise<{ mark: WriteMark | undefined; isOld: boolean } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { mark: parseMark(text), isOld: Date.now() - mtimeMs > longestWriteMs };
  } catch {
    return undefined;
  }
}

/** Where the mark is, for messages. */
export function markFile(place: BenchPlace): string {
  return join(place.stateDir, 'bench-write.json');
}

function takenFile(place: BenchPlace): string {
  return join(place.stateDir, 'bench-write.taken.json');
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

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);
const nobody = 0;
const ours = new Set<string>();
// A write takes milliseconds: a mark this old belongs to a process that is gone, and whose number another one has now.
const longestWriteMs = 30_000;
