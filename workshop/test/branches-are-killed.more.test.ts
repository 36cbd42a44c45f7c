import childProcess, { type ChildProcess, execFile } from 'node:child_process';
import { appendFile, readdir } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { benchPlace } from '../bench/bench-place.ts';
import { gotoStage } from '../bench/goto-stage.ts';
import { readBench } from '../bench/read-bench.ts';
import { buildBranches } from '../branches/build-branches.ts';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { treeId } from '../stages/tree.ts';
import { cutPower, type PowerCut } from './power-cut.ts';

test('repository and bench are whole wherever `npm run branches` is killed, and the next one builds all of them', async () => {
  await using project = await smallProject({ '.gitignore': '.workshop/\n' });
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await appendFile(join(place.dir, 'shop/main.ts'), 'mine();\n');
  const git = gitIn(project.root);
  await git('init', '-q', '-b', 'main');
  await git('add', ':!workbench');
  await git('commit', '-q', '-m', 'the project');
  const build = () => buildBranches({ ...place, from: 'main', signal: new AbortController().signal });
  const rest = async () => [
    treeId((await readBench(place.dir))?.tree ?? new Map()),
    await git('status', '--porcelain'),
  ];

  const before = await rest();
  await build();
  const wanted = await branchesIn(git);
  expect(wanted).toHaveLength(5);
  const ends = new Set<number>();
  for (const [moment, cut] of moments()) {
    for (const line of await branchesIn(git)) await git('update-ref', '-d', line.split(' ')[0] as string);
    {
      using power = cut();
      const end = await Promise.race([build().then(() => 'built'), power.happens]);
      if (end === 'built') break;
    }
    // All of the branches or none, every object there, and nothing of the learner's touched.
    const set = await branchesIn(git);
    expect([[], wanted], moment).toContainEqual(set);
    expect(await git('fsck', '--connectivity-only', '--no-dangling'), moment).toBe('');
    expect(await rest(), moment).toEqual(before);
    ends.add(set.length);
    await build();
    expect(await branchesIn(git), moment).toEqual(wanted);
    expect(
      (await readdir(place.stateDir)).filter((name) => name.startsWith('branches-')),
      moment,
    ).toEqual([]);
    expect(await git('for-each-ref', 'refs/untangle'), moment).toBe('');
  }
  expect(ends).toEqual(new Set([0, 5]));
});

/** At every eighth change of a file, and before, in the middle and after each git that writes; the last comes too late. */
function* moments(): Generator<readonly [string, () => PowerCut]> {
  for (const command of ['fast-import', 'update-ref'])
    for (const when of ['before', 'amid', 'after'] as const) yield [`${when} ${command}`, () => cutGit(command, when)];
  for (let at = 0; ; at += 8) yield [`at change ${at}`, () => cutPower(({ number }) => number === at)];
}

/** Kills this process, as far as others can tell, round its first git of this command; git itself goes on. */
function cutGit(command: string, when: 'before' | 'amid' | 'after'): PowerCut {
  const { spawn } = childProcess;
  const files = cutPower(() => isCut);
  const cut = Promise.withResolvers<'cut'>();
  let isCut = false;
  childProcess.spawn = ((file: string, args: readonly string[], options: object): ChildProcess => {
    const isMeant = args.includes(command);
    const child = spawn(file, isMeant && when === 'before' ? ['--version'] : args, options);
    if (!isMeant || isCut) return child;
    isCut = true;
    const { stdin } = child;
    const end = stdin?.end.bind(stdin);
    if (stdin && when === 'amid')
      stdin.end = ((input: Buffer) => end?.(input.subarray(0, cutAt(input)))) as typeof stdin.end;
    // Nobody is left to hear of its end.
    const deaf = Object.assign(Object.create(child) as ChildProcess, { once: () => deaf });
    child.once('close', () => cut.resolve('cut'));
    return deaf;
  }) as typeof spawn;
  syncBuiltinESMExports();
  return {
    happens: cut.promise,
    [Symbol.dispose]() {
      childProcess.spawn = spawn;
      files[Symbol.dispose]();
    },
  };
}

/** Between two branches, where that half would make sense to git; in the middle of whatever else is told to it. */
function cutAt(input: Buffer): number {
  const lastBranch = input.lastIndexOf('update refs/');
  return lastBranch > 0 ? lastBranch : Math.floor(input.length / 2);
}

type RunGit = (...args: string[]) => Promise<string>;

function gitIn(cwd: string): RunGit {
  const as = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  return async (...args) => {
    const { stdout, stderr } = await promisify(execFile)('git', [...as, ...args], { cwd });
    return stdout + (args[0] === 'fsck' ? stderr : '');
  };
}

async function branchesIn(git: RunGit): Promise<readonly string[]> {
  const lines = await git(
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    'refs/heads/exercise',
    'refs/heads/solution',
  );
  return lines.split('\n').filter((line) => line !== '');
}
