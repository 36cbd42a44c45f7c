/** A file, or an answer, that is not what it must be: one clear line with the file, the place in it, and what is wrong. */
export class MalformedInput extends Error {
  override readonly name = 'MalformedInput';
  readonly file: string;
  /** Where in the file: `line 3`, or `line 9, spec.owner` of a field; empty if it is the file as a whole. */
  readonly place: string;
  readonly problem: string;

  constructor(file: string, place: string, problem: string) {
    super(place === '' ? `${file}: ${problem}` : `${file}: ${place}: ${problem}`);
    this.file = file;
    this.place = place;
    this.problem = problem;
  }
}

/** Why a file could not be read, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'EACCES') return 'it may not be read.';
  return firstLine(error instanceof Error ? error.message : String(error));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
