import { benchPlace } from '../../bench/bench-place.ts';
import { undoBench } from '../../bench/undo-bench.ts';
import { tellMove } from '../told-moves.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run undo`: the bench as it was before. */
export const undo: WorkshopCommand = (declare, run) => {
  declare('undo', 'bring back the bench as it was before; again, to go further back').action(
    run(async (surroundings) => {
      const undone = await undoBench(benchPlace(surroundings.root));
      if (!undone) {
        surroundings.print('There is nothing to undo: no other state of the bench is saved.');
        return 1;
      }
      const { at, reason, stage } = undone.broughtBack;
      tellMove(
        surroundings,
        `The bench is as it was at ${new Date(at).toTimeString().slice(0, 8)}${stage ? `, at ${stage}` : ''}, before: ${reason}.`,
        undone,
      );
      return 0;
    }),
  );
};
