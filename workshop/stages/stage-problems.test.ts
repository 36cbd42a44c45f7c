import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findStage } from './find-stage.ts';
import { shopWith, smallProject } from './fixtures/small-project.ts';
import { recordBases } from './record-bases.ts';
import { readStageDirs } from './stage-dirs.ts';
import { stageProblems } from './stage-problems.ts';
import { authorSteps } from './write-steps.ts';

async function soundProject() {
  const project = await smallProject();
  const stage = findStage(await readStageDirs(project.root), '1');
  await recordBases(project.root);
  await authorSteps(project.root, stage);
  return project;
}

test('says which steps lack a title, and nothing else of a project that holds together', async () => {
  await using project = await soundProject();
  expect(await stageProblems(project.root)).toMatchInlineSnapshot(`
    [
      "\`solutions/01-first-span/steps.yaml\` has 3 steps without a title of their own: they begin with "??".",
    ]
  `);
});

test('says what does not hold together, and the command that mends it', async () => {
  await using project = await soundProject();
  await project.write({
    'legacy-app/shop/main.ts': shopWith([10, 'since();']),
    'solutions/02-more-spans/shop/extra.ts': 'extra();\n',
    'solutions/07-stray/shop/main.ts': 'stray();\n',
    'exercises/01-first-span/submissions/right-stale.patch': '--- a/shop/x.ts\n+++ b/shop/x.ts\n@@ -1 +1 @@\n-a\n+b\n',
  });
  await rm(join(project.root, 'solutions/01-first-span/steps.yaml'));
  expect(await stageProblems(project.root)).toMatchInlineSnapshot(`
    [
      "\`solutions/07-stray\` belongs to no stage: there is no \`exercises/07-stray\`.",
      "\`solutions/01-first-span/shop/main.ts\` was written on another file than the one below it now. Bring it along: \`npm run author rebase\`.",
      "\`solutions/02-more-spans/shop/extra.ts\` is not in \`solutions/02-more-spans/bases.json\`. Note what it was written on: \`npm run author record\`.",
      "The steps in \`solutions/01-first-span/steps.yaml\` do not lead to the solution in \`shop/main.ts\`, \`shop/old.ts\`, \`shop/tracing.ts\`. Run \`npm run author steps 1\`, then write the titles that begin with "??".",
      "\`exercises/01-first-span/submissions/right-stale.patch\` does not apply: hunk 1 of \`shop/x.ts\`: there is no such file. The code that it was written on has changed since: write it again on what is there now.",
      "The steps in \`solutions/02-more-spans/steps.yaml\` do not lead to the solution in \`shop/extra.ts\`. Run \`npm run author steps 2\`, then write the titles that begin with "??".",
    ]
  `);
});
