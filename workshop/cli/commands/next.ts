import { benchPlace } from '../../bench/bench-place.ts';
import { nextStage } from '../../bench/next-stage.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run next`: on to the next stage, with the learner's own code. */
export const next: WorkshopCommand = (declare, run) => {
  declare('next', 'go on to the next stage with your own code').action(
    run(async (surroundings) => {
      const moved = await nextStage(benchPlace(surroundings.root));
      tellMove(
        surroundings,
        `On to ${moved.stage.name}, with your code. Its task: exercises/${moved.stage.name}/README.md`,
        moved,
      );
      for (const path of moved.conflicts) {
        surroundings.print(`  kept     workbench/${path}: yours; what the stage hands out does not fit over it`);
      }
      if (moved.conflicts.length > 0)
        surroundings.print(`\`npm run goto ${moved.stage.number}\` gives the stage's own start instead.`);
      return 0;
    }),
  );
};
