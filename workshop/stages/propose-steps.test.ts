import { expect, test } from 'vitest';
import { patchBetween } from './diff-trees.ts';
import { shop, shopWith } from './fixtures/small-project.ts';
import { proposeSteps } from './propose-steps.ts';
import { formatSteps, parseSteps, treesAlongSteps } from './steps.ts';
import { type Tree, treeId, treeOf } from './tree.ts';

const app = (text: string, more: readonly [string, string][] = []) => treeOf([['shop/main.ts', text], ...more]);
const start = app(shop, [['old.ts', 'old();\n']]);
const parsed = (steps: readonly { title: string; patch: string }[]) => parseSteps(formatSteps(steps), 'steps.yaml');
const titles = (steps: readonly { title: string }[]) => steps.map((step) => step.title);

function expectToLead(from: Tree, to: Tree, steps: readonly { title: string; patch: string }[]): void {
  expect(treeId(treesAlongSteps(from, parsed(steps), 'steps.yaml').at(-1) ?? new Map())).toBe(treeId(to));
}

test('proposes one step for each hunk, each with a title to write', () => {
  const solution = app(shopWith([2, 'one();'], [9, 'two();']), [['new.ts', 'fresh();\n']]);
  const steps = proposeSteps(start, solution, []);
  expect(titles(steps)).toEqual([
    '?? new.ts: fresh();',
    '?? shop/main.ts: one();',
    '?? shop/main.ts: two();',
    '?? old.ts: old();',
  ]);
  expectToLead(start, solution, steps);
});

test('keeps titles, order and grouping of the steps that still hold', () => {
  const solution = app(shopWith([2, 'one();'], [9, 'two();']));
  const deleted = app(shop);
  const two = app(shopWith([9, 'two();']));
  const previous = parsed([
    { title: 'Away with the old', patch: patchBetween(start, deleted) },
    { title: 'Two', patch: patchBetween(deleted, two) },
    { title: 'One', patch: patchBetween(two, solution) },
  ]);
  const more = app(shopWith([2, 'one();'], [6, 'three();'], [9, 'two();']));
  const steps = proposeSteps(start, more, previous);
  expect(titles(steps)).toEqual(['Away with the old', 'Two', 'One', '?? shop/main.ts: three();']);
  expectToLead(start, more, steps);
});

test('proposes the old title for a hunk that changed', () => {
  const before = app(shopWith([2, "one('first');"]));
  const previous = parsed([{ title: 'One', patch: patchBetween(start, before) }]);
  const after = app(shopWith([2, "one('second');"]), [['old.ts', 'old();\n']]);
  const steps = proposeSteps(start, after, previous);
  expect(titles(steps)).toEqual(['?? One']);
  expectToLead(start, after, steps);
});

test('keeps a step whose lines a later step takes away again', () => {
  const [a, b] = [app(shopWith([2, 'draft();'])), app(shopWith([2, 'final();']))];
  const steps = [
    { title: 'Draft', patch: patchBetween(start, a) },
    { title: 'Final', patch: patchBetween(a, b) },
  ];
  expect(titles(proposeSteps(start, b, parsed(steps)))).toEqual(['Draft', 'Final']);
});

test('reaches a solution without a line end at its end', () => {
  const solution = app(shop.trimEnd(), [['old.ts', 'old();\nmore();']]);
  expectToLead(start, solution, proposeSteps(start, solution, []));
});

test('makes one step of the hunks that open and close a bracket, and brings new files before their use', () => {
  const solution = treeOf([
    ['Procfile', 'shop: node --import ./tracing.ts shop/main.ts\n'],
    ['shop/main.ts', shopWith([2, 'span(() => {'], [9, '});'], [10, 'more();'])],
    ['tracing.ts', 'trace();\n'],
  ]);
  const from = treeOf([
    ['Procfile', 'shop: node shop/main.ts\n'],
    ['shop/main.ts', shop],
  ]);
  const steps = proposeSteps(from, solution, []);
  expect(titles(steps)).toEqual([
    '?? tracing.ts: trace();',
    '?? shop/main.ts: span(() => {',
    '?? Procfile: shop: node shop/main.ts',
  ]);
  expectToLead(from, solution, steps);
});

test('joins neighbouring steps to which the author gave one title', () => {
  const [a, b] = [app(shopWith([2, 'one();'])), app(shopWith([2, 'one();'], [9, 'two();']))];
  const previous = parsed([
    { title: 'Both', patch: patchBetween(start, a) },
    { title: 'Both', patch: patchBetween(a, b) },
  ]);
  const steps = proposeSteps(start, b, previous);
  expect(titles(steps)).toEqual(['Both']);
  expectToLead(start, b, steps);
});
