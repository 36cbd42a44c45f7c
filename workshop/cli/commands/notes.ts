import { createPaint } from 'trace-shapes/render';
import { readNotes } from '../../notes/read-notes.ts';
import { renderNotes } from '../../render/render-notes.ts';
import { findStage } from '../../stages/find-stage.ts';
import { listStages } from '../../stages/list-stages.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run notes <stage>`: what a presenter has at hand. The bench is not touched, so it may run in a second terminal. */
export const notes: WorkshopCommand = (declare, run) => {
  declare('notes', 'for presenters: what to say and when, what to notice, and the rescue')
    .argument('<stage>', 'number or name')
    .action(
      run(async ({ root, print, columns, colour }, wanted: string) => {
        const stage = findStage(await listStages(root), wanted);
        const style = { width: Math.min(columns, 80), paint: createPaint(colour) };
        print(`\n${renderNotes(stage, await readNotes(stage), style)}\n`);
        return 0;
      }),
    );
};
