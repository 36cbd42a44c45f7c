import type { Interruption } from '../bench/interrupted-write.ts';
import type { Overwritten } from '../bench/overwrite-bench.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command that changed the bench tells: which files, and how to get back. */
export function tellMove(
  surroundings: Surroundings,
  done: string,
  { written, removed, saved, interruption }: Overwritten,
): void {
  const { print } = surroundings;
  noteInterruption(surroundings, interruption);
  print(done);
  for (const path of written.slice(0, MOST)) print(`  wrote    workbench/${path}`);
  for (const path of removed.slice(0, MOST)) print(`  removed  workbench/${path}`);
  const more = written.length + removed.length - Math.min(written.length, MOST) - Math.min(removed.length, MOST);
  if (more > 0) print(`  … and ${more} more`);
  if (written.length + removed.length === 0) print('  The bench was like that already.');
  else if (saved) print('What was there is saved: `npm run undo` brings it back.');
}

/** Says that a write was found half done, and has been dealt with. */
export function noteInterruption({ note }: Surroundings, interruption: Interruption | undefined): void {
  if (!interruption) return;
  note(
    interruption.finished
      ? 'An earlier command was interrupted while it wrote the bench; that was finished first. `npm run undo` brings back what was there before.'
      : 'An earlier command was interrupted while it wrote the bench, which has been edited since: it was left as it is. `npm run undo` brings back what was there before that command.',
  );
}

const MOST = 8;
