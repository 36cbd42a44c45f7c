import { expect, test } from 'vitest';
import { findStage } from './find-stage.ts';
import { definition, smallProject } from './fixtures/small-project.ts';
import { listStages } from './list-stages.ts';

test('lists the stages in order, with what each says of itself', async () => {
  await using project = await smallProject();
  const stages = await listStages(project.root);
  expect(stages.map((stage) => [stage.number, stage.slug, stage.name, stage.definition.title])).toEqual([
    [0, 'last-night', '00-last-night', 'Last night'],
    [1, 'first-span', '01-first-span', 'The first span'],
    [2, 'more-spans', '02-more-spans', 'More spans'],
  ]);
});

test.each([['1'], ['01'], ['first-span'], ['01-first-span'], ['FIRST'], ['01-f']])(
  'finds a stage by "%s"',
  async (wanted) => {
    await using project = await smallProject();
    expect(findStage(await listStages(project.root), wanted).slug).toBe('first-span');
  },
);

test('names all stages and the nearest when there is no such stage', async () => {
  await using project = await smallProject();
  const stages = await listStages(project.root);
  expect(() => findStage(stages, 'frist-span')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: There is no stage "frist-span". Did you mean \`01-first-span\`? The stages are \`00-last-night\`, \`01-first-span\`, \`02-more-spans\`.]`,
  );
  expect(() => findStage(stages, '7')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: There is no stage "7". The stages are \`00-last-night\`, \`01-first-span\`, \`02-more-spans\`.]`,
  );
  expect(() => findStage(stages, '0')).not.toThrow();
});

test('asks for more of the name when several stages begin so', async () => {
  await using project = await smallProject({ 'exercises/03-first-log/stage.ts': definition('Log') });
  const stages = await listStages(project.root);
  expect(() => findStage(stages, 'first')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: More than one stage begins with "first": \`01-first-span\`, \`03-first-log\`. Write more of its name.]`,
  );
});

test('says which definition is missing', async () => {
  await using project = await smallProject({ 'exercises/03-later/README.md': '# Later\n' });
  await expect(listStages(project.root)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`exercises/03-later/stage.ts\` is missing. It must say \`export const stage = defineStage({ title, minutes, … })\`: see the other stages.]`,
  );
});

test('refuses two stages of one number', async () => {
  await using project = await smallProject({ 'exercises/02-other/stage.ts': definition('Other') });
  await expect(listStages(project.root)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`exercises/02-more-spans\` and \`exercises/02-other\` have the same number. Stages build on each other in order: rename one of them.]`,
  );
});
