import type { Command } from 'commander';
import { authorRebase } from '../../bench/author-rebase.ts';
import { authorSave } from '../../bench/author-save.ts';
import { benchPlace } from '../../bench/bench-place.ts';
import { findStage } from '../../stages/find-stage.ts';
import { recordBases } from '../../stages/record-bases.ts';
import { readStageDirs } from '../../stages/stage-dirs.ts';
import { stageProblems } from '../../stages/stage-problems.ts';
import { typecheckStages } from '../../stages/typecheck-stages.ts';
import { authorSteps } from '../../stages/write-steps.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Runner, WorkshopCommand } from '../workshop-command.ts';

/** `npm run author …`: for those who write the stages. */
export const author: WorkshopCommand = (declare, run) => {
  const group = declare('author', 'for authors: the bench as a solution, overlays brought along, steps proposed');
  declareSave(group, run);
  declareRebase(group, run);
  group
    .command('record')
    .description('note for every overlay what it was written on (bases.json)')
    .action(
      run(async (surroundings) =>
        listWritten(surroundings, await recordBases(surroundings.root), 'All bases were noted already.'),
      ),
    );
  group
    .command('steps')
    .description("propose a stage's steps anew from its start and solution; titles of unchanged steps stay")
    .argument('<stage>', 'number or name')
    .action(
      run(async (surroundings, wanted: string) => {
        const stage = findStage(await readStageDirs(surroundings.root), wanted);
        surroundings.print(`Wrote solutions/${stage.name}/steps.yaml.`);
        return tellUntitled(surroundings, await authorSteps(surroundings.root, stage));
      }),
    );
  group
    .command('check')
    .description('say what does not hold together in the stages, and type-check every state')
    .action(run(checkStages));
};

function declareSave(group: Command, run: Runner): void {
  group
    .command('save')
    .description("make the bench its stage's solution, and bring the later stages along")
    .option('--break-later', 'leave the later stages as they are, even if they no longer fit')
    .action(
      run(async (surroundings, { breakLater }: { readonly breakLater?: true }) => {
        const saved = await authorSave(benchPlace(surroundings.root), { breakLater: breakLater === true });
        surroundings.print(`The bench is the solution of ${saved.stage.name} now.`);
        listWritten(surroundings, saved.written, 'It was that already.');
        return tellUntitled(surroundings, saved.untitled);
      }),
    );
}

function declareRebase(group: Command, run: Runner): void {
  group
    .command('rebase')
    .description('bring every overlay along whose base has changed, by three-way merge')
    .action(
      run(async (surroundings) => {
        const rebased = await authorRebase(benchPlace(surroundings.root));
        listWritten(surroundings, rebased.written, 'Every overlay fits what lies below it.');
        if (!rebased.conflict) return tellUntitled(surroundings, rebased.untitled);
        const { stage, files } = rebased.conflict;
        surroundings.print(`${stage.name} does not fit by itself. It is on the bench, with conflict markers in:`);
        for (const file of files) surroundings.print(`  workbench/${file}`);
        surroundings.print('Settle them, then run `npm run author save` and `npm run author rebase` again.');
        return 1;
      }),
    );
}

async function checkStages(surroundings: Surroundings): Promise<number> {
  const { root, nodePath, signal, print, note } = surroundings;
  const problems = await stageProblems(root);
  note('… type-checking every state');
  const errors = await typecheckStages({ root, nodePath, signal });
  for (const problem of problems) print(problem);
  for (const { source, line, message, state } of errors) print(`${source}:${line}: ${message} (in ${state})`);
  if (problems.length + errors.length === 0) print('All stages hold together, and every state passes the compiler.');
  return problems.length + errors.length === 0 ? 0 : 1;
}

function listWritten({ print }: Surroundings, written: readonly string[], ifNone: string): number {
  for (const path of written) print(`  wrote  ${path}`);
  if (written.length === 0) print(ifNone);
  return 0;
}

function tellUntitled({ print }: Surroundings, untitled: readonly string[]): number {
  if (untitled.length === 0) return 0;
  print('These steps still need a title; write it where steps.yaml says "??":');
  for (const title of untitled) print(`  ${title}`);
  return 0;
}
