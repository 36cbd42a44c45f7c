import { benchPlace } from '../../bench/bench-place.ts';
import { gotoStage } from '../../bench/goto-stage.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run goto <stage>`: the canonical start of a stage. */
export const goto: WorkshopCommand = (declare, run) => {
  declare('goto', 'lay the canonical start of a stage on the bench')
    .argument('<stage>', 'number or name')
    .action(
      run(async (surroundings, wanted: string) => {
        const moved = await gotoStage(benchPlace(surroundings.root), wanted);
        tellMove(
          surroundings,
          `The bench is at the start of ${moved.stage.name}. Its task: exercises/${moved.stage.name}/README.md`,
          moved,
        );
        return 0;
      }),
    );
};
