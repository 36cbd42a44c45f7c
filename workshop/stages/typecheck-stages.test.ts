import { expect, test } from 'vitest';
import { patchBetween } from './diff-trees.ts';
import { smallProject } from './fixtures/small-project.ts';
import { treeOf } from './tree.ts';
import { typecheckStages } from './typecheck-stages.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { target: 'es2024', module: 'nodenext', types: [], noEmit: true, allowImportingTsExtensions: true },
});
const typed = {
  'legacy-app/tsconfig.json': tsconfig,
  'legacy-app/package.json': '{ "type": "module" }',
  'legacy-app/shop/main.ts': 'export const price: number = 3;\n',
  'legacy-app/shop/old.ts': 'export const old = 1;\n',
  'exercises/02-more-spans/start/shop/helper.ts': 'export const help = 1;\n',
  'solutions/01-first-span/shop/main.ts': 'export const price: number = 4;\n',
  'solutions/01-first-span/shop/tracing.ts': 'export const trace = 1;\n',
  'solutions/02-more-spans/shop/main.ts': 'export const price: number = 5;\n',
  'solutions/02-more-spans/steps.yaml': '[]\n',
};

test('finds nothing where every state is sound', async () => {
  await using project = await smallProject(typed);
  expect(await typecheckStages({ root: project.root, nodePath: process.execPath })).toEqual([]);
});

test("names the overlay's own file, in each state that it is part of", async () => {
  await using project = await smallProject({
    ...typed,
    'solutions/01-first-span/shop/tracing.ts': "export const trace: number = '1';\n",
    'exercises/01-first-span/submissions/right-other.patch': patchBetween(
      treeOf([['shop/main.ts', 'export const price: number = 3;\n']]),
      treeOf([['shop/main.ts', 'export const price: number = "x";\n']]),
    ),
  });
  const errors = await typecheckStages({ root: project.root, nodePath: process.execPath });
  const tracing = 'solutions/01-first-span/shop/tracing.ts';
  expect(errors.map(({ state, source, line }) => `${state}: ${source}:${line}`).sort()).toEqual([
    '01-first-span-right-other: exercises/01-first-span/submissions/right-other.patch (shop/main.ts):1',
    `01-first-span-solution: ${tracing}:1`,
    `02-more-spans-solution: ${tracing}:1`,
    `02-more-spans-start: ${tracing}:1`,
  ]);
});
