import { expect, test } from 'vitest';
import { deservedCode, RIGHT, sampleOf, testSubmissions, WRONG } from './submission-tests.ts';

const perStage = await testSubmissions((submission, all) => sampleOf(all).has(submission));

test.each(perStage.map(({ stage, submissions }) => ({ name: stage.name, sample: sampleOf(submissions) })))(
  '$name has five wrong submissions, of four codes or more, and two other right ones',
  ({ sample }) => {
    const codes = [...sample].flatMap((submission) => deservedCode(submission) ?? []);
    expect(codes).toHaveLength(WRONG);
    expect(new Set(codes).size).toBeGreaterThanOrEqual(4);
    expect(sample.size - codes.length).toBe(RIGHT);
  },
);
