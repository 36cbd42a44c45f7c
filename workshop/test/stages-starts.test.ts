import { afterAll, expect, test } from 'vitest';
import { judgeChecks, verdictOf } from '../check/judge-stage.ts';
import { loadChecks, loadChecksUpTo } from '../check/load-checks.ts';
import { layOver } from '../stages/overlay.ts';
import { readStartOverlay, solutionTree, startTree } from '../stages/stage-trees.ts';
import { changedPaths } from '../stages/tree.ts';
import { emptyRun, plainAids } from '../verify/empty-run.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

/** Some start a dozen processes, and wait for their turn before. */
const DEADLINE_MS = 240_000;

const { verifier, stages, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

test.concurrent.each(stages)(
  'the start of $name fails for the reason that it names, and breaks nothing older',
  async (stage) => {
    const tree = await startTree(root, stage.number);
    const checks = traced.includes(stage) ? await loadChecksUpTo(traced, stage) : await loadChecks(stage);
    const { verdict } = await verifier.verify({ stage, checks, tree });
    expect(verdict.findings[0]?.code ?? 'pass', shown(verdict)).toBe(stage.definition.startFinding);
    const own = (await loadChecks(stage)).map(({ id }) => id);
    const failed = verdict.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    expect(
      failed.filter((id) => !own.includes(id)),
      shown(verdict),
    ).toEqual([]);
  },
  DEADLINE_MS,
);

test.each(stages.slice(1))('the start of $name is the state before with what it hands out', async (stage) => {
  const before = await solutionTree(root, stage.number - 1);
  const { tree } = await readStartOverlay(stage);
  expect(changedPaths(await startTree(root, stage.number), layOver(before, tree))).toEqual([]);
});

test.each(traced)('no check of $name passes when no spans came', async (stage) => {
  const checks = await loadChecks(stage);
  const judged = await judgeChecks(emptyRun, { checks, aids: plainAids, benchName: 'workbench' });
  const verdict = verdictOf(judged, { stage, durationMs: 0 });
  expect(verdict.findings.map(({ code }) => code)).toEqual(['no-spans']);
  expect(verdict.checks.filter(({ status }) => status === 'pass').map(({ id }) => id)).toEqual([]);
});
