import { benchPlace } from '../../bench/bench-place.ts';
import { readBench } from '../../bench/read-bench.ts';
import { listStages } from '../../stages/list-stages.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run stages`: what there is, and where you are. */
export const stages: WorkshopCommand = (declare, run) => {
  declare('stages', 'list the stages, and where the bench stands').action(
    run(async ({ root, print }) => {
      const [all, bench] = await Promise.all([listStages(root), readBench(benchPlace(root).dir)]);
      const widest = Math.max(...all.map(({ name }) => name.length));
      for (const { name, slug, definition } of all) {
        const mark = slug === bench?.stage ? '→' : ' ';
        print(`${mark} ${name.padEnd(widest)}  ${String(definition.minutes).padStart(3)} min  ${definition.title}`);
      }
      print(bench ? '' : '\nThere is no bench yet: `npm start` makes it.');
      return 0;
    }),
  );
};
