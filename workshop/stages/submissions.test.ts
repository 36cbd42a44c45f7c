import { expect, test } from 'vitest';
import { patchBetween } from './diff-trees.ts';
import { findStage } from './find-stage.ts';
import { shop, shopWith, smallProject } from './fixtures/small-project.ts';
import { readStageDirs } from './stage-dirs.ts';
import { readSubmissions, submissionFinding } from './submissions.ts';
import { treeOf } from './tree.ts';

const patch = patchBetween(treeOf([['shop/main.ts', shop]]), treeOf([['shop/main.ts', shopWith([7, 'x();'])]]));

async function submissionsOf(root: string) {
  return readSubmissions(root, findStage(await readStageDirs(root), '1'));
}

test('applies each submission to the start or solution that it names', async () => {
  await using project = await smallProject({
    'exercises/01-first-span/submissions/right-other-way.patch': `# on: solution\n# why: some write it so\n# beside: no-spans, orphan-span\n${patch}`,
    'exercises/01-first-span/submissions/wrong-no-spans-late.patch': patch.replaceAll('\n', '\r\n'),
  });
  const [right, wrong] = await submissionsOf(project.root);
  expect(right).toMatchObject({ name: 'right-other-way', kind: 'right', on: 'solution', why: 'some write it so' });
  expect([right?.beside, wrong?.beside]).toEqual([['no-spans', 'orphan-span'], []]);
  expect(right?.tree.get('shop/main.ts')?.toString()).toBe(shopWith([3, "span('order');"], [7, 'x();']));
  expect(wrong).toMatchObject({ kind: 'wrong', on: 'start', about: 'no-spans-late' });
  expect(wrong?.tree.get('shop/main.ts')?.toString()).toBe(shopWith([7, 'x();']));
});

test('reads the finding from the name, the longest code that fits, unless a line says it', async () => {
  const codes = ['wrong', 'wrong-name', 'no-spans'];
  await using project = await smallProject({
    'exercises/01-first-span/submissions/wrong-wrong-name-typo.patch': patch,
    'exercises/01-first-span/submissions/wrong-x.patch': `# finding: no-spans\n${patch}`,
    'exercises/01-first-span/submissions/right-y.patch': patch,
  });
  const findings = (await submissionsOf(project.root)).map((submission) => submissionFinding(submission, codes));
  expect(findings).toEqual([undefined, 'wrong-name', 'no-spans']);
});

test('names the file and hunk of a submission that no longer applies', async () => {
  await using project = await smallProject({
    'exercises/01-first-span/submissions/right-stale.patch': patch.replaceAll('line7', 'row7'),
  });
  await expect(submissionsOf(project.root)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`exercises/01-first-span/submissions/right-stale.patch\` does not apply: hunk 1 of \`shop/main.ts\`: its lines are not there. The code that it was written on has changed since: write it again on what is there now.]`,
  );
});

test('refuses a name that says neither right nor wrong', async () => {
  await using project = await smallProject({ 'exercises/01-first-span/submissions/maybe.patch': patch });
  await expect(submissionsOf(project.root)).rejects.toThrow(/neither `right-….patch` nor/);
});
