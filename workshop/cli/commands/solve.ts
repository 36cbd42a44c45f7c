import { benchPlace } from '../../bench/bench-place.ts';
import { solveStage } from '../../bench/solve-stage.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run solve [stage]`: the solution. */
export const solve: WorkshopCommand = (declare, run) => {
  declare('solve', 'lay the solution of a stage on the bench')
    .argument('[stage]', 'number or name; the stage that the bench stands at, if left out')
    .action(
      run(async (surroundings, wanted: string | undefined) => {
        const moved = await solveStage(benchPlace(surroundings.root), wanted);
        tellMove(surroundings, `The bench holds the solution of ${moved.stage.name}.`, moved);
        return 0;
      }),
    );
};
