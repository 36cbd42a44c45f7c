import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { learnerProject } from './learner-project.ts';

const project = await learnerProject({ keepsDatabase: false });
afterAll(() => project[Symbol.asyncDispose]());

const git = async (...args: string[]) => {
  const as = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  const { stdout } = await promisify(execFile)('git', [...as, ...args], { cwd: project.root });
  return stdout;
};

const MINE = '// a line that is nowhere else\n';

test('an edited bench survives git: refused, forced, cleaned away, and back', async () => {
  await git('init', '-q', '-b', 'main');
  await git('add', 'package.json', '.gitignore', 'exercises', 'solutions', 'legacy-app');
  await git('commit', '-q', '-m', 'the project');
  await git('checkout', '-q', '-b', 'exercise/01-first-span');
  await project.goto('1');
  await git('add', '-f', 'workbench');
  await git('commit', '-q', '-m', 'the bench at its start');
  await git('checkout', '-q', 'main');

  // Made anew and edited on main, where it is neither tracked nor ignored.
  await project.goto('0');
  await project.edit('shop/orders.ts', (text) => MINE + text);
  expect((await project.run(['check'])).code).toBe(1);
  await expect(git('checkout', 'exercise/01-first-span')).rejects.toThrow(/would be overwritten by checkout/);
  expect(await project.read('shop/orders.ts')).toContain(MINE);

  await git('checkout', '-q', '-f', 'exercise/01-first-span');
  expect(await project.read('shop/orders.ts')).not.toContain(MINE);
  expect((await project.run(['undo'])).out).toMatch(
    /^The bench is as it was .+, at last-night, before: check of 00-last-night\./,
  );
  expect(await project.read('shop/orders.ts')).toContain(MINE);

  // Back on main git takes the tracked bench away, and undo brings the edited one back once more.
  await git('checkout', '-q', '-f', 'main');
  await expect(project.read('shop/orders.ts')).rejects.toThrow('ENOENT');
  expect((await project.run(['undo'])).code).toBe(0);
  expect(await project.read('shop/orders.ts')).toContain(MINE);

  await git('clean', '-fdxq', '-e', '.workshop', '-e', 'workshop', '-e', 'node_modules', '-e', '.gitattributes');
  await expect(project.read('shop/orders.ts')).rejects.toThrow('ENOENT');
  expect((await project.run(['undo'])).code).toBe(0);
  expect(await project.read('shop/orders.ts')).toContain(MINE);
  expect((await project.run(['check'])).code).toBe(1);
});
