import { splitWords } from './split-words.ts';

/** How one process is started. */
export type ProcfileEntry = {
  readonly name: string;
  /** Assignments before the command, as in `shop: OTEL_SERVICE_NAME=shop node shop/main.ts`. */
  readonly env: Readonly<Record<string, string>>;
  /** The command and its arguments. */
  readonly words: readonly [string, ...string[]];
};

/** What a Procfile says; a line that cannot be read is kept with its number. */
export type Procfile = {
  readonly entries: readonly ProcfileEntry[];
  readonly mistake?: { readonly line: number; readonly text: string; readonly why: string };
};

/** Reads `name: command` lines; empty lines and those that begin with `#` are skipped. */
export function parseProcfile(text: string): Procfile {
  const entries: ProcfileEntry[] = [];
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(row)) continue;
    const entry = parseEntry(row, entries);
    if (typeof entry === 'string') return { entries, mistake: { line: index + 1, text: row, why: entry } };
    entries.push(entry);
  }
  return { entries };
}

function parseEntry(row: string, before: readonly ProcfileEntry[]): ProcfileEntry | string {
  const [, name, command = ''] = /^\s*([A-Za-z0-9_-]+)\s*:(.*)$/.exec(row) ?? [];
  if (name === undefined) return 'it is not of the form `name: command`';
  if (before.some((entry) => entry.name === name)) return `\`${name}\` is there twice`;
  const words = splitWords(command);
  if (words === undefined) return 'a quotation mark is never closed';
  const start = words.findIndex((word) => !assignment.test(word));
  const [first, ...rest] = start === -1 ? [] : words.slice(start);
  if (first === undefined) return `\`${name}\` has no command`;
  const assignments = words.slice(0, start).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return { name, env: Object.fromEntries(assignments), words: [first, ...rest] };
}

const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;
