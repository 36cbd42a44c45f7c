import { afterAll, expect, test } from 'vitest';
import { sameBehaviour } from '../check/common-checks.ts';
import { readStepPath } from '../stages/next-step.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

const states = (
  await Promise.all(
    traced.map(async (stage) => {
      const { steps, trees } = await readStepPath(root, stage);
      // The last tree is the solution, to the byte: another test holds it to that, and runs it.
      return steps.slice(0, -1).map(({ title }, i) => ({ stage, name: stage.name, title, tree: trees[i + 1] }));
    }),
  )
).flat();

test.concurrent.each(states)('$name runs and behaves as before after the step "$title"', async ({ stage, tree }) => {
  const { verdict } = await verifier.verify({ stage, checks: [sameBehaviour], tree: tree ?? new Map() });
  expect(verdict.status, shown(verdict)).toBe('pass');
});

test.each(traced)('$name has steps', async (stage) => {
  expect((await readStepPath(root, stage)).steps.length).toBeGreaterThan(1);
});
