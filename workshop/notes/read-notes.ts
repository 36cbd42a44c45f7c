import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageDir } from '../stages/stage-dirs.ts';
import { UsageError } from '../stages/usage-error.ts';
import { isMissing } from '../stages/walk-files.ts';
import { type PresenterNotes, parseNotes } from './parse-notes.ts';

/** The presenter's notes of a stage. */
export async function readNotes({ exerciseDir, name }: StageDir): Promise<PresenterNotes> {
  const source = `exercises/${name}/notes.md`;
  const text = await readFile(join(exerciseDir, 'notes.md'), 'utf8').catch((error) => {
    throw isMissing(error) ? missingError(source, name) : error;
  });
  return parseNotes(text, source);
}

function missingError(source: string, name: string): UsageError {
  return new UsageError(
    `There are no notes for \`${name}\` yet: \`${source}\` is missing. ` +
      'Its page, `README.md` beside it, says what to notice. To write notes, begin with a copy of `exercises/01-first-span/notes.md`.',
  );
}
