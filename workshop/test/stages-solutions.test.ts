import 'trace-shapes/vitest';
import { access } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { contract } from '../../exercises/11-untangle/contract.ts';
import { loadChecksUpTo } from '../check/load-checks.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { holdToContract } from '../verify/hold-to-contract.ts';
import { openProjectVerifier, root } from '../verify/project-verifier.ts';
import { AS_IN_ANY_RUN, repeatSolution } from './repeat-solution.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

// What a checkout looks like at a stage is in the file of snapshots: another version of a library shows there as a difference.
test.concurrent.for(traced)(
  'the solution of $name passes its checks and all earlier ones',
  // Some start a dozen processes, and wait for their turn before.
  { timeout: 240_000 },
  async (stage, { expect: expectHere }) => {
    const checks = await loadChecksUpTo(traced, stage, { secondStarts: 'all' });
    // Three times alike is shown here for the first ones alone: for all, it is in stages-repeat.
    const times = stage.number <= 3 ? 3 : 1;
    const cart = await repeatSolution(verifier, { stage, checks, times });
    expectHere(cart).toMatchTraceSnapshot(AS_IN_ANY_RUN);
  },
);

// Where a check asks for the contract, the test above holds the solution to it.
const withoutContract = (
  await Promise.all(
    traced.map(async (stage) => {
      const checks = await loadChecksUpTo(traced, stage, { secondStarts: 'all' });
      return checks.some((check) => 'secondStart' in check && check.secondStart === contract) ? [] : [stage];
    }),
  )
).flat();

test.concurrent.each(withoutContract)('the solution of $name keeps every promise of the legacy app', async (stage) => {
  const tree = await solutionTree(root, stage.number);
  expect(await verifier.inTurn(tree, (dir) => holdToContract(verifier.bay, dir))).toEqual([]);
});

test.each(traced)('$name has a solution', async ({ solutionDir }) => {
  await expect(access(solutionDir)).resolves.toBeUndefined();
});
