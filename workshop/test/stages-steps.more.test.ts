import { afterAll, expect, test } from 'vitest';
import { drivenParts } from '../check/check-app.ts';
import { sameBehaviour } from '../check/common-checks.ts';
import { loadChecks } from '../check/load-checks.ts';
import { readStepPath } from '../stages/next-step.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

const states = (
  await Promise.all(
    traced.map(async (stage) => {
      const { steps, trees } = await readStepPath(root, stage);
      // On the way there may be nothing yet that these checks could look at; what they drive must work all the same.
      const drives = drivenParts(await loadChecks(stage))
        .values()
        .next().value;
      // The last tree is the solution, to the byte: another test holds it to that, and runs it.
      return steps
        .slice(0, -1)
        .map(({ title }, i) => ({ stage, title, tree: trees[i + 1], check: { ...sameBehaviour, drives } }));
    }),
  )
).flat();

// Not `test.each`: it cuts long names. On the way to the first span there may be none.
for (const { stage, title, tree, check } of states) {
  test.concurrent(`${stage.name} runs and behaves as before after the step "${title}"`, async () => {
    const { verdict } = await verifier.verify({ stage, checks: [check], tree: tree ?? new Map() });
    const mistakes = verdict.findings.map(({ code }) => code).filter((code) => code !== 'no-spans');
    expect(mistakes, shown(verdict)).toEqual([]);
  });
}

test.each(traced)('$name has steps', async (stage) => {
  expect((await readStepPath(root, stage)).steps.length).toBeGreaterThan(1);
});
