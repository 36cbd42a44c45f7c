import { expect, test } from 'vitest';
import { listStages } from '../stages/list-stages.ts';
import { root } from '../verify/project-verifier.ts';
import { deservedCode, firstOf, readAllSubmissions, testSubmissions } from './submission-tests.ts';

await testSubmissions((submission, all) => firstOf(all).has(submission));

const stages = await listStages(root);
const traced = stages.filter(({ definition }) => definition.processes.length > 0);

test.each(
  (await readAllSubmissions(traced)).map(({ stage, submissions }) => ({
    name: stage.name,
    chosen: firstOf(submissions),
  })),
)('$name has five wrong submissions, of four codes or more, and two other right ones', ({ chosen }) => {
  const codes = [...chosen].flatMap((submission) => deservedCode(submission) ?? []);
  expect(codes).toHaveLength(5);
  expect(new Set(codes).size).toBeGreaterThanOrEqual(4);
  expect(chosen.size - codes.length).toBe(2);
});
