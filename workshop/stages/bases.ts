import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layOver } from './overlay.ts';
import { readStageDirs, type StageDir } from './stage-dirs.ts';
import { readLegacyApp, readSolutionOverlay, readStartOverlay } from './stage-trees.ts';
import { blobId, type Tree } from './tree.ts';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';
import { writeWhole } from './write-whole.ts';

/** Of each overlay file of a stage, the git blob id of the file that it was written on; null where there was none. */
export type Bases = { readonly start: BaseIds; readonly solution: BaseIds };

type BaseIds = Readonly<Record<string, string | null>>;

/** An overlay file whose base is another than the one it was written on; `recorded` is undefined where none was noted. */
export type MovedBase = {
  readonly stage: StageDir;
  /** The overlay's own path, from the project's root. */
  readonly source: string;
  readonly recorded: string | null | undefined;
  readonly now: string | null;
};

/** Lists the overlay files that were written on something else than what lies below them now. */
export async function checkBases(root: string): Promise<readonly MovedBase[]> {
  const moved: MovedBase[] = [];
  let { tree } = await readLegacyApp(root);
  for (const stage of await readStageDirs(root)) {
    const [bases, start, solution] = await Promise.all([
      readBases(stage),
      readStartOverlay(stage),
      readSolutionOverlay(stage),
    ]);
    for (const [part, layer] of [
      ['start', start],
      ['solution', solution],
    ] as const) {
      for (const [path, now] of Object.entries(basesOn(tree, layer.tree))) {
        const recorded = bases[part][path];
        const isUnnoted = recorded === undefined && (part === 'solution' || now !== null);
        if (isUnnoted || (recorded !== undefined && recorded !== now)) {
          moved.push({ stage, source: `${layer.source}/${path}`, recorded, now });
        }
      }
      tree = layOver(tree, layer.tree);
    }
  }
  return moved;
}

/** The base ids of an overlay that is laid on this tree. */
export function basesOn(tree: Tree, overlay: Tree): BaseIds {
  const ids = Array.from(overlay.keys(), (path) => {
    const base = tree.get(path);
    return [path, base ? blobId(base) : null] as const;
  });
  return Object.fromEntries(ids);
}

/** The bases that a stage's `bases.json` notes; none where there is no such file. */
export async function readBases(stage: StageDir): Promise<Bases> {
  const text = await readFile(join(stage.solutionDir, 'bases.json'), 'utf8').catch((error) => {
    if (isMissing(error)) return '{}';
    throw error;
  });
  try {
    return { start: {}, solution: {}, ...JSON.parse(text) };
  } catch (error) {
    throw basesError(stage, error);
  }
}

/** Writes a stage's `bases.json`; the folder of its solution must be there. */
export async function writeBases(stage: StageDir, bases: Bases): Promise<void> {
  await writeWhole(join(stage.solutionDir, 'bases.json'), `${JSON.stringify(bases, null, 2)}\n`);
}

function basesError(stage: StageDir, cause: unknown): UsageError {
  return new UsageError(
    `\`solutions/${stage.name}/bases.json\` is no JSON. It is generated: delete it and run \`npm run author record\`.`,
    { cause },
  );
}
