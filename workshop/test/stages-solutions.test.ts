import 'trace-shapes/vitest';
import { access } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { loadChecks, loadChecksUpTo } from '../check/load-checks.ts';
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
    // Once is enough to know that it passes, and three times cost little as long as one process has the SDK.
    const times = stage.number <= 3 ? 3 : 1;
    const cart = await repeatSolution(verifier, { stage, checks, times });
    expectHere(cart).toMatchTraceSnapshot(AS_IN_ANY_RUN);
  },
);

const checked = await Promise.all(traced.map(async (stage) => ({ stage, checks: await loadChecks(stage) })));
const heldByChecks = checked.find(({ checks }) => checks.some(({ id }) => id === 'contract-is-kept'));
// From the stage on that asks for the contract itself, the test above holds each solution to it.
const before = traced.filter(({ number }) => number < Number(heldByChecks?.stage.number));

test.concurrent.each(before)('the solution of $name keeps every promise of the legacy app', async (stage) => {
  const tree = await solutionTree(root, stage.number);
  expect(await verifier.inTurn(tree, (dir) => holdToContract(verifier.bay, dir))).toEqual([]);
});

test.each(traced)('$name has a solution', async ({ solutionDir }) => {
  await expect(access(solutionDir)).resolves.toBeUndefined();
});
