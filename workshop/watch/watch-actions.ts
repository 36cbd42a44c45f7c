import type { BenchPlace } from '../bench/bench-place.ts';
import { diffBench } from '../bench/diff-bench.ts';
import { resetStage } from '../bench/goto-stage.ts';
import { nextStage } from '../bench/next-stage.ts';
import { solveStage } from '../bench/solve-stage.ts';
import { stepBench } from '../bench/step-bench.ts';
import { undoBench } from '../bench/undo-bench.ts';
import type { KeyAction } from './keys.ts';

/** What an action on the bench has to tell. */
export type Told = { readonly message: string; readonly page?: string };

/** Carries out what a key asks of the bench; what it changes is seen by the watcher like any other save. */
export async function actOnBench(place: BenchPlace, action: KeyAction): Promise<Told> {
  switch (action) {
    case 'step':
      return tellStep(await stepBench(place));
    case 'solve': {
      const { stage } = await solveStage(place);
      return { message: `The bench holds the solution of ${stage.name}. u brings yours back.` };
    }
    case 'diff': {
      const { files, stage } = await diffBench(place, 'start');
      if (files.length === 0) return { message: `The bench is just like the start of ${stage.name}.` };
      return {
        message: `Since the start of ${stage.name}. Any key goes back.`,
        page: files.map(({ text }) => text).join('\n'),
      };
    }
    case 'next': {
      const { stage, conflicts } = await nextStage(place);
      const kept =
        conflicts.length > 0
          ? ` Kept yours of ${conflicts.join(', ')}; \`npm run goto ${stage.number}\` gives the stage's own.`
          : '';
      return { message: `On to ${stage.name}: exercises/${stage.name}/README.md.${kept}` };
    }
    case 'reset': {
      const { stage } = await resetStage(place);
      return { message: `Back at the start of ${stage.name}. u brings yours back.` };
    }
    case 'undo': {
      const undone = await undoBench(place);
      return {
        message: undone ? `The bench is as it was before: ${undone.broughtBack.reason}.` : 'There is nothing to undo.',
      };
    }
    default:
      return { message: '' };
  }
}

function tellStep(stepped: Awaited<ReturnType<typeof stepBench>>): Told {
  switch (stepped.kind) {
    case 'laid':
      return { message: `Step ${stepped.number} of ${stepped.total}: ${stepped.title}` };
    case 'all-there':
      return {
        message:
          stepped.total === 0
            ? 'This stage has no steps.'
            : `All ${stepped.total} steps are there. n goes on to the next stage.`,
      };
    case 'in-the-way':
      return {
        message: `Step ${stepped.number}, "${stepped.title}", does not fit over your code in ${stepped.conflicts.join(', ')}. Nothing was touched. Any key goes back.`,
        page: stepped.patch,
      };
  }
}
