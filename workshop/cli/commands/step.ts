import { benchPlace } from '../../bench/bench-place.ts';
import { type Stepped, stepBench } from '../../bench/step-bench.ts';
import type { Surroundings } from '../surroundings.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run step [stage]`: only the next bit of the solution. */
export const step: WorkshopCommand = (declare, run) => {
  declare('step', 'lay the next step of the solution on the bench')
    .argument('[stage]', 'must be the one that the bench stands at')
    .action(
      run(async (surroundings, wanted: string | undefined) =>
        tell(surroundings, await stepBench(benchPlace(surroundings.root), wanted)),
      ),
    );
};

function tell(surroundings: Surroundings, stepped: Stepped): number {
  const { print } = surroundings;
  switch (stepped.kind) {
    case 'laid':
      tellMove(surroundings, `Step ${stepped.number} of ${stepped.total}: ${stepped.title}`, stepped);
      return 0;
    case 'all-there':
      print(
        stepped.total === 0
          ? `${stepped.stage.name} has no steps.`
          : `All ${stepped.total} steps of ${stepped.stage.name} are on the bench.`,
      );
      return 0;
    case 'in-the-way':
      print(
        `Step ${stepped.number} of ${stepped.total}, "${stepped.title}", does not fit over your code in ${stepped.conflicts.join(', ')}. The bench was not touched.`,
      );
      print(
        `This is what it changes:\n\n${stepped.patch}\n\nType it by hand, or lay the whole solution: \`npm run solve\`.`,
      );
      return 1;
  }
}
