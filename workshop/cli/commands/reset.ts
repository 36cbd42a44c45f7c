import { benchPlace } from '../../bench/bench-place.ts';
import { resetStage } from '../../bench/goto-stage.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run reset [stage]`: begin the stage anew. */
export const reset: WorkshopCommand = (declare, run) => {
  declare('reset', 'begin the stage anew, from its canonical start')
    .argument('[stage]', 'number or name; the stage that the bench stands at, if left out')
    .action(
      run(async (surroundings, wanted: string | undefined) => {
        const moved = await resetStage(benchPlace(surroundings.root), wanted);
        tellMove(surroundings, `The bench is back at the start of ${moved.stage.name}.`, moved);
        return 0;
      }),
    );
};
