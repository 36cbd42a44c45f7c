import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type CheckedState, checkedStates } from './checked-states.ts';
import { listStages } from './list-stages.ts';
import { UsageError } from './usage-error.ts';
import { writeTree } from './write-tree.ts';

/** A type error in a state of a stage, at the file whose text it is. */
export type StageTypeError = {
  readonly state: string;
  /** From the project's root: the overlay's file, or the submission. */
  readonly source: string;
  readonly line: number;
  readonly message: string;
};

/** Where the project is, and the Node to run the compiler with. */
export type Typecheck = { readonly root: string; readonly nodePath: string; readonly signal?: AbortSignal };

/** Type-checks every start, solution and right submission, as the legacy app's own `tsconfig.json` would have it. */
export async function typecheckStages(typecheck: Typecheck): Promise<readonly StageTypeError[]> {
  const { root } = typecheck;
  const states = (await Promise.all((await listStages(root)).map((stage) => checkedStates(root, stage)))).flat();
  if (states.length === 0) return [];
  const dir = join(root, '.workshop', 'typecheck');
  await rm(dir, { recursive: true, force: true });
  await Promise.all(states.map((state) => writeTree(join(dir, state.name), state.tree)));
  // One program for all states: each is a folder of modules of its own, and the libraries are read once.
  const config = { extends: '../../legacy-app/tsconfig.json', include: ['*/**/*.ts'] };
  await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(config));
  return parseOutput(await runCompiler(dir, typecheck), states);
}

function runCompiler(dir: string, { nodePath, signal }: Typecheck): Promise<string> {
  const args = [compiler(), '-p', join(dir, 'tsconfig.json'), '--noEmit', '--pretty', 'false'];
  return new Promise((resolve, reject) => {
    execFile(nodePath, args, { cwd: dir, maxBuffer: 1 << 26, ...(signal && { signal }) }, (error, stdout, stderr) => {
      const hasTypeErrors = error && /error TS\d+/.test(stdout);
      if (error && !hasTypeErrors) reject(new Error(`The compiler failed: ${stderr || stdout}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

function compiler(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
}

function parseOutput(output: string, states: readonly CheckedState[]): readonly StageTypeError[] {
  const lines = output.split(/\r?\n/).filter((line) => /error TS\d+/.test(line));
  return lines.map((line) => parseLine(line, states));
}

function parseLine(text: string, states: readonly CheckedState[]): StageTypeError {
  const match = /^([^/]+)\/(.+)\((\d+),\d+\): error (.+)$/.exec(text.replaceAll('\\', '/'));
  const [, name = '', path = '', line = '', message = ''] = match ?? [];
  const state = states.find((state) => state.name === name);
  if (!state) throw new UsageError(`The stages cannot be type-checked: ${text}. See \`legacy-app/tsconfig.json\`.`);
  return { state: name, source: state.sourceOf(path), line: Number(line), message };
}
