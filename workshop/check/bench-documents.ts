import { MalformedInput, parseDocuments, type YamlDocument } from 'service-ownership';
import type { Tree } from '../stages/tree.ts';
import type { CheckAids, CheckFinding } from './check.ts';
import { findingOf } from './define-check.ts';
import type { FindingCode } from './finding-code.ts';

/** What was read from a bench's files, or the finding about the one that cannot be read. */
export type BenchFiles<Read> =
  | { readonly ok: true; readonly read: readonly Read[] }
  | { readonly ok: false; readonly finding: CheckFinding };

/** A format that files of a bench may have: told by a word in them, and read by a package. */
export type FileFormat<Read> = {
  /** What those who wrote one call it: `catalogue`. */
  readonly name: string;
  readonly word: string;
  /** What is wrong when the YAML is, but not what it says. */
  readonly misfit: FindingCode;
  readonly parse: (documents: readonly YamlDocument[]) => readonly Read[];
};

/** Reads everything of one format in the YAML files of a bench, wherever they are; others are left alone. */
export function readBenchFiles<Read>(
  bench: Tree,
  format: FileFormat<Read>,
  { show }: Pick<CheckAids, 'show'>,
): BenchFiles<Read> {
  const { word, parse } = format;
  try {
    const texts = [...bench].map(([path, content]) => [path, content.toString('utf8')] as const);
    const ours = texts.filter(([path, text]) => /\.ya?ml$/.test(path) && text.includes(word));
    return { ok: true, read: ours.flatMap(([path, text]) => parse(parseDocuments(text, show(path)))) };
  } catch (error) {
    if (error instanceof MalformedInput) return { ok: false, finding: malformed(error, format) };
    throw error;
  }
}

function malformed(
  { file, place, problem }: MalformedInput,
  { name, misfit }: Pick<FileFormat<unknown>, 'name' | 'misfit'>,
): CheckFinding {
  const [, line, field] = /^line (\d+)(?:, (.+))?/.exec(place) ?? [];
  const isMisfit = field !== undefined;
  return findingOf({
    code: isMisfit ? misfit : 'malformed-file',
    message: `\`${file}\` cannot be read as a file of the ${name}: ${isMisfit ? `\`${field}\`: ` : ''}${problem}`,
    hint: isMisfit
      ? 'The field is named, with what it has to be. Compare it with the file that was handed out.'
      : 'Compare it with the file next to it, space by space: in YAML they count.',
    location: line ? `${file}:${line}` : file,
  });
}
