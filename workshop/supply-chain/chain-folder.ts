import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stageNumbered } from '../stages/find-stage.ts';
import { readStageDirs } from '../stages/stage-dirs.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { writeTree } from '../stages/write-tree.ts';

/** A folder with the solved supply chain in it, and room beside it; disposing removes both. */
export type ChainFolder = AsyncDisposable & { readonly dir: string; readonly workDir: string };

/** Writes the solution of the stage that has the supply chain, inside the project so that it finds the packages. */
export async function writeSolvedChain(root: string): Promise<ChainFolder> {
  const stage = stageNumbered(await readStageDirs(root), CHAIN_STAGE);
  const { workDir, ...folder } = await makeWorkDir(root);
  const dir = join(workDir, 'bench');
  await writeTree(dir, await solutionTree(root, stage.number));
  return { dir, workDir, ...folder };
}

/** A folder for what a run with the chain writes. */
export async function makeWorkDir(root: string): Promise<Omit<ChainFolder, 'dir'>> {
  const stateDir = join(root, '.workshop');
  await mkdir(stateDir, { recursive: true });
  const workDir = await mkdtemp(join(stateDir, 'chain-'));
  return { workDir, [Symbol.asyncDispose]: () => rm(workDir, { recursive: true, force: true }) };
}

const CHAIN_STAGE = 14;
