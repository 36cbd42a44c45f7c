import { createPaint, type Paint } from 'trace-shapes/render';
import { benchPlace } from '../../bench/bench-place.ts';
import { diffBench } from '../../bench/diff-bench.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly solution?: true };

/** `npm run diff [stage]`: what you changed, or what is left to change. */
export const diff: WorkshopCommand = (declare, run) => {
  declare('diff', "show what you changed since the stage's start")
    .argument('[stage]', 'number or name; the stage that the bench stands at, if left out')
    .option('--solution', 'show what differs from the solution instead')
    .action(
      run(async (surroundings, wanted: string | undefined, { solution }: Options) => {
        const against = solution ? 'solution' : 'start';
        const { files, stage } = await diffBench(benchPlace(surroundings.root), against, wanted);
        if (files.length === 0) surroundings.print(`The bench is just like the ${against} of ${stage.name}.`);
        const paint = createPaint(surroundings.colour);
        for (const { text } of files)
          surroundings.print(
            text
              .split('\n')
              .map((line) => painted(line, paint))
              .join('\n'),
          );
        return 0;
      }),
    );
};

function painted(line: string, paint: Paint): string {
  if (line.startsWith('+') && !line.startsWith('+++')) return paint('green', line);
  if (line.startsWith('-') && !line.startsWith('---')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}
