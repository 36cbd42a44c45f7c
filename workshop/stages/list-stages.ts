import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Signal, StageDefinition } from './define-stage.ts';
import { readStageDirs, type StageDir } from './stage-dirs.ts';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';

/** One stage: where it is, and what its `stage.ts` says of it. */
export type Stage = StageDir & {
  readonly definition: StageDefinition;
  /** What the app exports here: what this stage and those before it ask for. */
  readonly signals: readonly Signal[];
  /** Whether a night that is replayed here may have another cause than last night had. */
  readonly drawsNights: boolean;
};

/** All stages of a project, in order. */
export async function listStages(root: string): Promise<readonly Stage[]> {
  const dirs = await readStageDirs(root);
  const defined = await Promise.all(dirs.map(async (dir) => ({ ...dir, definition: await readDefinition(dir) })));
  return defined.map((stage, i) => {
    const upTo = defined.slice(0, i + 1).map(({ definition }) => definition);
    return { ...stage, signals: signalsOf(upTo), drawsNights: upTo.some(({ drawsNights }) => drawsNights) };
  });
}

function signalsOf(definitions: readonly StageDefinition[]): readonly Signal[] {
  return [...new Set<Signal>(['traces', ...definitions.flatMap(({ signals }) => signals ?? [])])];
}

async function readDefinition(dir: StageDir): Promise<StageDefinition> {
  const file = join(dir.exerciseDir, 'stage.ts');
  await stat(file).catch((error) => {
    throw isMissing(error) ? definitionError(dir, 'is missing') : error;
  });
  const module: unknown = await import(pathToFileURL(file).href);
  const definition = typeof module === 'object' && module !== null && 'stage' in module ? module.stage : undefined;
  if (!isDefinition(definition)) throw definitionError(dir, 'exports no `stage`');
  return definition;
}

function isDefinition(value: unknown): value is StageDefinition {
  return typeof value === 'object' && value !== null && 'title' in value && 'processes' in value;
}

function definitionError(dir: StageDir, what: string): UsageError {
  return new UsageError(
    `\`exercises/${dir.name}/stage.ts\` ${what}. ` +
      'It must say `export const stage = defineStage({ title, minutes, … })`: see the other stages.',
  );
}
