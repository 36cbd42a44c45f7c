import { afterAll, expect, test } from 'vitest';
import { loadChecksUpTo } from '../check/load-checks.ts';
import type { StageVerdict } from '../check/stage-verdict.ts';
import { toVerdictJson } from '../render/verdict-json.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

/** `vitest run workshop/test/stages-repeat.test.ts --mode repeat` asks for more. */
const times = process.env.MODE === 'repeat' ? 20 : 3;

test.concurrent.each(traced)(
  `the solution of $name passes its checks and all earlier ones, ${times} times alike`,
  async (stage) => {
    const [tree, checks] = [
      await solutionTree(root, stage.number),
      await loadChecksUpTo(traced, stage, { secondStarts: 'all' }),
    ];
    const runs = Array.from({ length: times }, () => verifier.verify({ stage, checks, tree }));
    const verdicts = (await Promise.all(runs)).map(({ verdict }) => verdict);
    for (const verdict of verdicts) expect(verdict.status, shown(verdict)).toBe('pass');
    for (const verdict of verdicts) expect(whatStays(verdict)).toEqual(whatStays(verdicts[0] ?? verdict));
  },
  // Later stages start the app up to three times in a run.
  40_000 * times,
);

/** All but the time that it took, and which request found no connection ready: a pass names no ids and no ports. */
function whatStays(verdict: StageVerdict): unknown {
  const paths = verdict.paths.filter((path) => !path.endsWith(':pg.connect'));
  return { ...toVerdictJson(verdict), durationMs: 0, paths: paths.sort() };
}
