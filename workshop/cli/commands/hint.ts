import { wrap } from 'trace-shapes/render';
import { UsageError } from '../../stages/usage-error.ts';
import { takeBench } from '../bench-at-hand.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run hint [stage] [number]`: hints from gentle to plain. */
export const hint: WorkshopCommand = (declare, run) => {
  declare('hint', 'show the hints of a stage, from gentle to plain')
    .argument('[stage]', 'number or name; the stage that the bench stands at, if left out')
    .argument('[count]', 'how many to show; the first one, if left out')
    .action(
      run(async (surroundings, wanted: string | undefined, count = '1') => {
        const { stage } = await takeBench(surroundings, wanted);
        const { hints } = stage.definition;
        const most = Number(count);
        if (!Number.isInteger(most) || most < 1)
          throw new UsageError(
            `"${count}" is no number of hints. Say \`npm run hint ${stage.number} 2\` for the first two.`,
          );
        if (hints.length === 0) surroundings.print(`${stage.name} has no hints: its page says it all.`);
        for (const [i, text] of hints.slice(0, most).entries())
          surroundings.print(wrap(`${i + 1}. ${text}`, Math.min(surroundings.columns, 100)).join('\n'));
        if (most < hints.length) surroundings.print(`\nOne more: npm run hint ${stage.number} ${most + 1}`);
        return 0;
      }),
    );
};
