import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './open-git.ts';

/** What a build calls its folder and the ref that holds its commits, so that both can be told to be its own. */
export function buildName(): string {
  return `branches-${process.pid}-`;
}

/** Where a build keeps its commits until they have branches. */
export function buildRef(): string {
  return `${REFS}${process.pid}-${Date.now()}`;
}

/** Removes what builds left behind that were killed: their folders, and their refs. */
export async function sweepBuilds(git: Git, stateDir: string): Promise<void> {
  const names = await readdir(stateDir);
  const dirs = names.filter((name) => isLeft(/^branches-(\d+)-/.exec(name)));
  await Promise.all(dirs.map((name) => rm(join(stateDir, name), { recursive: true, force: true })));
  const refs = (await git(['for-each-ref', '--format=%(refname)', REFS])).toString('utf8').split('\n');
  for (const ref of refs) if (isLeft(/^refs\/untangle\/(\d+)-/.exec(ref))) await git(['update-ref', '-d', ref]);
}

function isLeft(match: RegExpExecArray | null): boolean {
  return match !== null && !isRunning(Number(match[1]));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const REFS = 'refs/untangle/';
