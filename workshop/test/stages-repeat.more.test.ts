import { afterAll, test } from 'vitest';
import { loadChecksUpTo } from '../check/load-checks.ts';
import { openProjectVerifier } from '../verify/project-verifier.ts';
import { repeatSolution } from './repeat-solution.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

/** `npm run test:repeat` asks for more. */
const times = process.env.MODE === 'repeat' ? 20 : 3;

test.concurrent.for(traced)(
  'the solution of $name gives the same verdict, time after time',
  // Waiting for a turn counts, too.
  { timeout: 120_000 * times },
  async (stage) => {
    await repeatSolution(verifier, { stage, checks: await loadChecksUpTo(traced, stage), times });
  },
);
