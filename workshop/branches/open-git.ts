import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UsageError } from '../stages/usage-error.ts';

/** Runs one git command in a repository: its output, or an error with what git said. */
export type Git = (args: readonly string[], input?: Buffer) => Promise<Buffer>;

/** Git in this folder. Settings of the machine that could change what is written are put aside. */
export function openGit(dir: string, signal: AbortSignal): Git {
  return async (args, input) => {
    const child = spawn('git', [...SETTINGS, ...args], { cwd: dir, signal, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    // Git may end before it has read everything; what it says is told below.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [code] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new UsageError(NO_GIT, { cause: error }) : error;
    });
    if (code === 0) return Buffer.concat(output);
    throw new GitRefused(args, Buffer.concat(said).toString('utf8').trim());
  };
}

/** Git ended with an error: what it was asked, and what it said. */
export class GitRefused extends Error {
  override readonly name = 'GitRefused';
  readonly said: string;

  constructor(args: readonly string[], said: string) {
    super(`\`git ${args.join(' ')}\` failed: ${said}`);
    this.said = said;
  }
}

const SETTINGS = ['-c', 'core.quotePath=false', '-c', 'core.commitGraph=false'];
const NO_GIT =
  'The program `git` was not found. Branches are built with it: install it from https://git-scm.com and try again.';
