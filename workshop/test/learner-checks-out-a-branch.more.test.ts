import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listStages } from '../stages/list-stages.ts';
import { learnerProject } from './learner-project.ts';
import { runCommand } from './run-command.ts';

const project = await learnerProject();
afterAll(() => project[Symbol.asyncDispose]());

const MINE = '// a line that is nowhere else\n';

beforeAll(async () => {
  await git('init', '-q', '-b', 'main');
  await git(
    'add',
    ...['package.json', '.gitignore', '.gitattributes', 'exercises', 'solutions', 'legacy-app', 'workshop'],
  );
  await git('commit', '-q', '-m', 'the project');
});

test('builds a chain of branches, one for each start and solution, and the same again to the byte', async () => {
  const stages = await listStages(project.root);
  const names = stages.flatMap(({ name, number }) => [
    `exercise/${name}`,
    ...(number === 0 ? [] : [`solution/${name}`]),
  ]);
  expect(await runCommand(project.root, ['branches'])).toMatchObject({ code: 0 });
  const ids = await branchIds();
  expect(Object.keys(ids).sort()).toEqual(names.toSorted());
  const last = names.at(-1) as string;
  expect((await git('log', '--reverse', '--first-parent', '--format=%H', `main..${last}`)).trim().split('\n')).toEqual(
    names.map((name) => ids[name]),
  );
  expect(await git('diff', '--name-only', 'main', last, '--', '.', ':!workbench')).toBe('');
  expect(await git('log', '-1', '--format=%s%n%(trailers:key=Source,unfold)', 'exercise/01-first-span')).toBe(
    `Begin 01-first-span: One span a checkout\nSource: exercises/01-first-span of ${(await git('rev-parse', 'main')).trim()}\n\n`,
  );

  // Another machine: other settings, another clock and zone, files changed on disk, nothing built so far.
  await git('config', 'core.autocrlf', 'true');
  await git('config', 'commit.gpgSign', 'true');
  await git('config', 'user.name', 'Somebody Else');
  await project.goto('2');
  await rm(join(project.root, 'solutions', '01-first-span'), { recursive: true });
  for (const name of names) await git('branch', '-q', '-D', name);
  expect(await project.run(['branches'], { env: { TZ: 'Asia/Tokyo' } })).toMatchObject({ code: 0 });
  expect(await branchIds()).toEqual(ids);
  await git('checkout', '-q', '--', 'solutions');
  await git('config', 'core.autocrlf', 'false');
  expect(await status()).toBe('?? workbench/');
  expect((await git('for-each-ref', 'refs/untangle')).trim()).toBe('');
});

test('edit, check, check out and back: the branch behaves as main, and no line is lost', async () => {
  await project.goto('1');
  const onMain = await verdict();
  await project.edit('shop/orders.ts', (text) => MINE + text);
  await project.run(['check']);
  await expect(git('checkout', 'exercise/01-first-span')).rejects.toThrow(/would be overwritten by checkout/);
  await git('checkout', '-q', '-f', 'exercise/01-first-span');
  expect(await verdict()).toEqual(onMain);
  expect(onMain).toMatchObject({ stage: '01-first-span', status: 'fail', codes: ['no-spans'] });

  // On the branch the bench is tracked: git refuses for changed lines, and keeps those that were committed.
  await project.edit('shop/main.ts', (text) => MINE + text);
  await expect(git('checkout', 'solution/01-first-span')).rejects.toThrow(/would be overwritten by checkout/);
  await git('commit', '-q', '-a', '-m', 'my own work');
  const own = (await git('rev-parse', 'HEAD')).trim();
  await git('checkout', '-q', 'solution/01-first-span');
  expect(await verdict()).toMatchObject({ stage: '01-first-span', status: 'pass', codes: [] });

  // A new build on another commit renews what is ours, and leaves what is checked out or has commits of its own.
  await git('checkout', '-q', 'main');
  await git('commit', '-q', '--allow-empty', '-m', 'main goes on');
  await git('checkout', '-q', 'exercise/02-spans-that-explain');
  const { code, out } = await runCommand(project.root, ['branches']);
  expect(code).toBe(1);
  expect(out).toMatch(/^exercise\/01-first-span +\w+ {2}left: it has commits of its own$/m);
  expect(out).toMatch(/^exercise\/02-spans-that-explain +\w+ {2}left: it is checked out$/m);
  expect(out).toMatch(/^solution\/01-first-span +\w+ {2}renewed$/m);
  expect((await git('rev-parse', 'exercise/01-first-span')).trim()).toBe(own);
  expect(await status()).toBe('');

  await git('checkout', '-q', 'main');
  await expect(project.read('shop/orders.ts')).rejects.toThrow('ENOENT');
  // What was checked last comes back first: the solution, the start of the branch, and then the bench of main.
  for (const _ of ['solution/01-first-span', 'exercise/01-first-span', 'main'])
    await runCommand(project.root, ['undo']);
  expect(await project.read('shop/orders.ts')).toContain(MINE);
}, 120_000);

test('says what to do when there is nothing to build from', async () => {
  const { code, err } = await runCommand(project.root, ['branches', '--from', 'mian']);
  expect({ code, err: err.trim() }).toEqual({
    code: 2,
    err: '… building the branches from mian\nThere is no commit `mian` here to build the branches from. Name one: `npm run branches -- --from HEAD` takes the one that is checked out.',
  });
});

async function git(...args: string[]): Promise<string> {
  const as = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  const { stdout } = await promisify(execFile)('git', [...as, ...args], { cwd: project.root });
  return stdout;
}

async function status(): Promise<string> {
  return (await git('status', '--porcelain', '--', '.', ':!node_modules')).trim();
}

async function branchIds(): Promise<Readonly<Record<string, string>>> {
  const lines = await git('for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads/*/**');
  return Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
}

type Verdict = {
  readonly stage: string;
  readonly status: string;
  readonly checks: readonly { readonly findings: readonly { readonly code: string }[] }[];
};

async function verdict() {
  const { stage, status, checks }: Verdict = JSON.parse((await project.run(['check', '--json'])).out);
  return { stage, status, codes: [...new Set(checks.flatMap(({ findings }) => findings.map(({ code }) => code)))] };
}
