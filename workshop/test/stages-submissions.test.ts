import { SHAPE_CODES } from 'trace-shapes';
import { afterAll, expect, test } from 'vitest';
import type { CheckFinding } from '../check/check.ts';
import { FINDING_CODES } from '../check/finding-code.ts';
import { loadChecks, loadChecksUpTo } from '../check/load-checks.ts';
import { readSubmissions, submissionFinding } from '../stages/submissions.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

/** Some start a dozen processes, and wait for their turn before. */
const DEADLINE_MS = 240_000;

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

const perStage = await Promise.all(
  traced.map(async (stage) => ({ stage, name: stage.name, submissions: await readSubmissions(root, stage) })),
);
const all = perStage.flatMap(({ stage, submissions }) =>
  submissions.map((submission) => ({ stage, submission, name: `${stage.name}/${submission.name}` })),
);

// Not `test.each`: it cuts long names.
for (const { name, stage, submission } of all) {
  if (submission.kind === 'right') {
    test.concurrent(
      `${name} passes`,
      async () => {
        const checks = await loadChecksUpTo(traced, stage);
        const { verdict } = await verifier.verify({ stage, checks, tree: submission.tree });
        expect(verdict.status, shown(verdict)).toBe('pass');
      },
      DEADLINE_MS,
    );
  } else {
    test.concurrent(
      `${name} is named first, where it is, and nothing unrelated beside it`,
      async () => {
        const deserved = submissionFinding(submission, FINDING_CODES);
        const deadlineMs = deserved === 'timed-out' ? ENOUGH_TO_HANG_MS : 30_000;
        const checks = await loadChecks(stage);
        const { verdict } = await verifier.verify({ stage, checks, tree: submission.tree, deadlineMs });
        const codes = verdict.findings.map(({ code }) => code);
        const unrelated = codes.filter((code) => code !== deserved && !submission.beside.includes(code));
        expect({ first: codes[0] ?? 'pass', unrelated }, shown(verdict)).toEqual({ first: deserved, unrelated: [] });
        expect(verdict.findings.filter(lacksPlace), shown(verdict)).toEqual([]);
      },
      DEADLINE_MS,
    );
  }
}

test.each(perStage)(
  '$name has five wrong submissions or more, of four codes or more, and two other right ones',
  ({ submissions }) => {
    const codes = submissions.flatMap((submission) => submissionFinding(submission, FINDING_CODES) ?? []);
    expect(codes.length).toBeGreaterThanOrEqual(5);
    expect(new Set(codes).size).toBeGreaterThanOrEqual(4);
    expect(submissions.length - codes.length).toBeGreaterThanOrEqual(2);
  },
);

/** What is wrong with a span is told with that span and with a line of the bench; a crash with its line. */
function lacksPlace({ code, span, location }: CheckFinding): boolean {
  const hasLine = /^workbench\/.+:\d+$/.test(location ?? '');
  // A library that made no span at all has none to name.
  if (code === 'app-crashed' || code === 'not-instrumented') return !hasLine;
  const isOfASpan = code !== 'no-spans' && SHAPE_CODES.some((known) => known === code);
  // A metric is of no span, and a line of the log is looked for by what it says.
  const isOfMetric = code.endsWith('-metric');
  return isOfASpan && (!hasLine || (span === undefined && !isOfMetric));
}

const ENOUGH_TO_HANG_MS = 8_000;
