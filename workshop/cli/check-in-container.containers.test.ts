import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { solutionTree } from '../stages/stage-trees.ts';
import { writeTree } from '../stages/write-tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('a check passes on a database in a container, with WORKSHOP_DB=testcontainers', async () => {
  await mkdir(join(root, '.workshop'), { recursive: true });
  const dir = await mkdtemp(join(root, '.workshop', 'in-container-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
  await writeTree(dir, await solutionTree(root, 1));
  const env = { ...process.env, WORKSHOP_DB: 'testcontainers' };
  const args = ['workshop/guard.js', 'check', '1', '--app', dir, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  expect(JSON.parse(stdout)).toMatchObject({ stage: '01-first-span', status: 'pass' });
});
