import type { Surroundings } from './surroundings.ts';

/** What a command that changed the bench tells: which files, and how to get back. */
export function tellMove(
  { print }: Surroundings,
  done: string,
  {
    written,
    removed,
    saved,
  }: { readonly written: readonly string[]; readonly removed: readonly string[]; readonly saved: string | undefined },
): void {
  print(done);
  for (const path of written.slice(0, MOST)) print(`  wrote    workbench/${path}`);
  for (const path of removed.slice(0, MOST)) print(`  removed  workbench/${path}`);
  const more = written.length + removed.length - Math.min(written.length, MOST) - Math.min(removed.length, MOST);
  if (more > 0) print(`  … and ${more} more`);
  if (written.length + removed.length === 0) print('  The bench was like that already.');
  else if (saved) print('What was there is saved: `npm run undo` brings it back.');
}

const MOST = 8;
