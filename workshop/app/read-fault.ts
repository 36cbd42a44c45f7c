import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from './app-failure.ts';

/** What Node printed about the error that ended a process, sorted by what the learner can do about it. */
export type ReadFault =
  | ({ readonly kind: 'syntax-error' } & Fault)
  | ({ readonly kind: 'error' } & Fault)
  | ({ readonly kind: 'missing-export'; readonly module: string; readonly name: string } & Fault)
  | ({ readonly kind: 'missing-module'; readonly module: string } & Fault);

/** Finds in a process's last lines the error that ended it; files below `dir` are named from there. */
export function readFault(lines: readonly string[], dir: string): ReadFault | undefined {
  const at = lines.findLastIndex((line) => errorLine.test(line));
  const [, type = '', message = ''] = errorLine.exec(lines[at] ?? '') ?? [];
  if (at === -1) return undefined;
  const place = placeBefore(lines.slice(0, at), dir) ?? placeInStack(lines.slice(at + 1), dir);
  const fault: Fault = { message: `${type}: ${message}`, file: place?.file, line: place?.line };

  const [, module, name] = /requested module '(.+)' does not provide an export named '(.+)'/.exec(message) ?? [];
  if (module !== undefined && name !== undefined) return { kind: 'missing-export', module, name, ...fault };
  const [, missing, importer] = /^Cannot find (?:module|package) '([^']+)'(?: imported from (.+))?/.exec(message) ?? [];
  if (missing !== undefined) {
    const isFile = importer !== undefined && !/[\\/]$/.test(importer);
    return {
      ...fault,
      kind: 'missing-module',
      module: inDir(missing, dir),
      file: isFile ? inDir(importer, dir) : undefined,
      line: undefined,
    };
  }
  return { kind: type === 'SyntaxError' ? 'syntax-error' : 'error', ...fault };
}

type Place = { readonly file: string; readonly line: number };

/** Node shows the place of an uncaught error above its message; its own files, and a library's, are no help. */
function placeBefore(lines: readonly string[], dir: string): Place | undefined {
  const place = lines
    .map((line) => parsePlace(/^(\S.*):(\d+)$/.exec(line), dir))
    .findLast((found) => found !== undefined);
  return place && !isLibrary(place) ? place : undefined;
}

function placeInStack(lines: readonly string[], dir: string): Place | undefined {
  const frames = lines
    .slice(0, 30)
    .map((line) =>
      parsePlace(/^\s+at (?:.*\(|async )?((?:file:|\/|[A-Z]:\\)[^()]*?):(\d+):\d+\)?(?: \{)?$/.exec(line), dir),
    );
  return frames.find((place) => place && !isLibrary(place));
}

function isLibrary({ file }: Place): boolean {
  return file.includes('node_modules');
}

function parsePlace(match: RegExpExecArray | null, dir: string): Place | undefined {
  const [, file, line] = match ?? [];
  if (file === undefined || file.startsWith('node:')) return undefined;
  if (!file.startsWith('file:') && !isAbsolute(file)) return undefined;
  return { file: inDir(file.startsWith('file:') ? fileURLToPath(file) : file, dir), line: Number(line) };
}

function inDir(file: string, dir: string): string {
  if (!isAbsolute(file)) return file;
  const path = relative(dir, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path.replaceAll('\\', '/');
}

/** `TypeError: …`, `Error [ERR_X]: …`, pg's `error: …`, and what is printed of an error that was logged on its way out. */
const errorLine = /^(?:Uncaught )?([A-Z]\w*Error|[Ee]rror)(?: \[\w+\])?: (.*)$/;
