import { expect, test } from 'vitest';
import { patchBetween } from './diff-trees.ts';
import { findStage } from './find-stage.ts';
import { shopWith, smallProject } from './fixtures/small-project.ts';
import { layStep, progressOf, readStepPath } from './next-step.ts';
import { parseTreePatch } from './patch.ts';
import { readStageDirs } from './stage-dirs.ts';
import { solutionTree, startTree } from './stage-trees.ts';
import { applyStep, formatSteps, parseSteps, treesAlongSteps } from './steps.ts';
import { treeId, treeOf, withFiles } from './tree.ts';

async function stage2(root: string) {
  return findStage(await readStageDirs(root), '2');
}

test('leads from the start to the solution to the byte', async () => {
  await using project = await smallProject();
  const path = await readStepPath(project.root, await stage2(project.root));
  expect(path.steps.map((step) => step.title)).toEqual(['Price', 'Charge']);
  expect(path.trees.map(treeId)).toHaveLength(3);
  expect(treeId(path.trees[2] ?? new Map())).toBe(treeId(await solutionTree(project.root, 2)));
});

test('creates and deletes files, with spaces and letters beyond ASCII in their names', () => {
  const before = treeOf([
    ['schöne Wolle/alt.ts', 'a\nb\n'],
    ['c.ts', 'no line end'],
  ]);
  const after = treeOf([
    ['schöne Wolle/neu.ts', 'a\nb\n'],
    ['c.ts', 'no line end\nmore'],
    ['empty.ts', ''],
  ]);
  const steps = parseSteps(formatSteps([{ title: 'All', patch: patchBetween(before, after) }]), 'steps.yaml');
  const laid = treesAlongSteps(before, steps, 'steps.yaml').at(-1);
  expect(laid && treeId(laid)).toBe(treeId(after));
});

test('names the step, file and hunk that no longer apply', async () => {
  await using project = await smallProject({ 'solutions/01-first-span/shop/main.ts': shopWith([7, 'other();']) });
  const stage = await stage2(project.root);
  await expect(readStepPath(project.root, stage)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`solutions/02-more-spans/steps.yaml, step 1 ("Price")\` does not apply: hunk 1 of \`shop/main.ts\`: its lines are not there. The code that it was written on has changed since: write it again on what is there now.]`,
  );
});

test.each([
  ['a/../../x.ts', /leads out of the app/],
  ['/etc/passwd', /is absolute/],
])('refuses a patch of "%s"', (path, reason) => {
  expect(() => parseTreePatch(`--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a\n+b\n`, 'a patch')).toThrow(reason);
});

test('says what is wrong with a steps file', () => {
  expect(() => parseSteps('title: no list', 'steps.yaml')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`steps.yaml\` is not a list. Steps are a list of \`- title: …\` with \`patch: |\` and a unified diff.]`,
  );
  expect(() => parseSteps('- title: no patch', 'steps.yaml')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`steps.yaml, step 1\` lacks its \`title\` or its \`patch\`. Steps are a list of \`- title: …\` with \`patch: |\` and a unified diff.]`,
  );
});

test('knows which steps a bench has, whatever order they were typed in', async () => {
  await using project = await smallProject();
  const [stage, start] = [await stage2(project.root), await startTree(project.root, 2)];
  const bench = (text: string) => withFiles(start, [['shop/main.ts', text]]);
  const next = async (text: string) =>
    progressOf(await readStepPath(project.root, stage), bench(text)).next?.step.title;
  const order = [3, "span('order');"] as const;
  const price = [6, "span('price');"] as const;
  const charge = [9, "span('charge');"] as const;
  expect(await next(shopWith(order))).toBe('Price');
  expect(await next(shopWith(order, price))).toBe('Charge');
  expect(await next(shopWith(order, charge))).toBe('Price');
  expect(await next(shopWith(order, price, charge))).toBeUndefined();
  expect(await next(shopWith(order, price, charge, [1, 'mine();']))).toBeUndefined();
  expect(await next(shopWith(order, price, [1, 'mine();']).replaceAll('\n', '\r\n'))).toBe('Charge');
});

test("lays a step round the learner's own lines, and keeps how they end", async () => {
  await using project = await smallProject();
  const path = await readStepPath(project.root, await stage2(project.root));
  const mine = shopWith([3, "span('order');"], [1, 'mine();'], [8, 'mine();']).replaceAll('\n', '\r\n');
  const laid = layStep(path, 0, withFiles(path.trees[0] ?? new Map(), [['shop/main.ts', mine]]));
  expect(laid.ok && laid.tree.get('shop/main.ts')?.toString()).toBe(
    mine.replace('line6();', "span('price');\r\nline6();"),
  );
});

test('names the files in which own lines are in the way of a step', async () => {
  await using project = await smallProject();
  const path = await readStepPath(project.root, await stage2(project.root));
  const mine = shopWith([3, "span('order');"], [6, "span('my price');"]);
  const bench = withFiles(path.trees[0] ?? new Map(), [['shop/main.ts', mine]]);
  expect(progressOf(path, bench).next?.step.title).toBe('Price');
  expect(layStep(path, 0, bench)).toEqual({ ok: false, conflicts: ['shop/main.ts'] });
});

test('takes a step whose lines a later step changed again as there', () => {
  const texts = ['a\nb\nc\n', 'a\nfirst\nb\nc\n', 'a\nsecond\nb\nc\n'];
  const trees = texts.map((text) => treeOf([['x.ts', text]]));
  const patches = [
    patchBetween(trees[0] ?? new Map(), trees[1] ?? new Map()),
    patchBetween(trees[1] ?? new Map(), trees[2] ?? new Map()),
  ];
  const steps = parseSteps(formatSteps(patches.map((patch, i) => ({ title: `${i}`, patch }))), 'steps.yaml');
  expect(progressOf({ steps, trees }, treeOf([['x.ts', 'mine\na\nsecond\nb\nc\n']])).there).toEqual([true, true]);
});

test('takes a step as there though own lines stand beside it, but not for a line of its own elsewhere', () => {
  const before = 'a();\nspan.end();\nb();\nc();\n';
  const after = 'a();\nspan.end();\nb();\nspan.end();\nc();\n';
  const trees = [treeOf([['x.ts', before]]), treeOf([['x.ts', after]])];
  const patch = patchBetween(trees[0] ?? new Map(), trees[1] ?? new Map());
  const path = { trees, steps: parseSteps(formatSteps([{ title: 'End', patch }]), 'steps.yaml') };
  const there = (text: string) => progressOf(path, treeOf([['x.ts', text]])).there;
  expect(there(`mine();\n${before}`)).toEqual([false]);
  expect(there('a();\nspan.end();\nb();\n  span.end();\n  mine();\nc();\n')).toEqual([true]);
});

test('leaves the tree alone when one of several files of a step does not fit', () => {
  const before = treeOf([
    ['a.ts', 'a\n'],
    ['b.ts', 'b\n'],
  ]);
  const [step] = parseSteps(
    formatSteps([
      {
        title: 'Both',
        patch: patchBetween(
          before,
          treeOf([
            ['a.ts', 'A\n'],
            ['b.ts', 'B\n'],
          ]),
        ),
      },
    ]),
    's',
  );
  const result =
    step &&
    applyStep(
      treeOf([
        ['a.ts', 'a\n'],
        ['b.ts', 'other\n'],
      ]),
      step,
    );
  expect(result).toMatchObject({ ok: false, path: 'b.ts', hunk: 1 });
});
