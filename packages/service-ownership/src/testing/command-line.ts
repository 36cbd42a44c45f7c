import { join } from 'node:path';
import type { Span } from 'trace-shapes';
import { runCommand } from '../cli/run-command.ts';
import { UsageError } from '../cli/surroundings.ts';
import { EPOCH_MS } from './sketch-spans.ts';

/** What a command said, and its exit code, 2 for a usage error. */
export interface Said {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a folder, 90 columns wide and without colour; its clock stands at an hour after the sketches. */
export async function run(cwd: string, args: readonly string[], spans?: readonly Span[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings = {
    cwd,
    spillDir: join(cwd, 'spill'),
    width: 90,
    colour: false,
    print: (text: string) => out.push(text),
    note: (text: string) => err.push(text),
    retryWaitsMs: [1, 1],
    now: () => EPOCH_MS + 3_600_000,
    signal: new AbortController().signal,
    ...(spans ? { defaultSpans: async () => spans } : {}),
  };
  try {
    const exitCode = await runCommand(args, surroundings);
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { exitCode: 2, out: out.join('\n'), err: error.message };
  }
}
