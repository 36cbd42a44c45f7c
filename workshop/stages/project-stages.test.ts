import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stageProblems } from './stage-problems.ts';
import { typecheckStages } from './typecheck-stages.ts';

const root = join(import.meta.dirname, '../..');

test("this project's stages hold together: bases, steps to the byte, submissions", async () => {
  expect(await stageProblems(root)).toEqual([]);
});

test('no start, solution or right submission of this project has a type error', async () => {
  expect(await typecheckStages({ root, nodePath: process.execPath })).toEqual([]);
});
