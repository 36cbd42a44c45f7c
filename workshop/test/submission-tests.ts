import { SHAPE_CODES } from 'trace-shapes';
import { afterAll, expect, test } from 'vitest';
import type { CheckFinding } from '../check/check.ts';
import { FINDING_CODES } from '../check/finding-code.ts';
import { loadChecks, loadChecksUpTo } from '../check/load-checks.ts';
import type { Stage } from '../stages/list-stages.ts';
import { readSubmissions, type Submission, submissionFinding } from '../stages/submissions.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

/** A stage and what learners would hand in. */
type StageSubmissions = { readonly stage: Stage; readonly submissions: readonly Submission[] };

/** The code that a submission deserves; none if it is right. */
export function deservedCode(submission: Submission): string | undefined {
  return submissionFinding(submission, FINDING_CODES);
}

/**
 * Five wrong submissions, of as many codes as there are, and two other right ones: what `npm test` looks at. The others are
 * for `npm run test:more`.
 */
export function sampleOf(submissions: readonly Submission[]): ReadonlySet<Submission> {
  const wrong = submissions.filter(({ kind }) => kind === 'wrong');
  const firstOfTheirCode = wrong.filter((one, i) => wrong.findIndex((other) => sameCode(one, other)) === i);
  const right = submissions.filter(({ kind }) => kind === 'right');
  return new Set([...new Set([...firstOfTheirCode, ...wrong])].slice(0, WRONG).concat(right.slice(0, RIGHT)));
}

export const WRONG = 5;
export const RIGHT = 2;

function sameCode(one: Submission, other: Submission): boolean {
  return deservedCode(one) === deservedCode(other);
}

/** Runs those submissions that are wanted, and holds each to the verdict that it deserves. Gives the submissions of all stages. */
export async function testSubmissions(
  isWanted: (submission: Submission, all: readonly Submission[]) => boolean,
): Promise<readonly StageSubmissions[]> {
  const { verifier, traced } = await openProjectVerifier();
  afterAll(() => verifier[Symbol.asyncDispose]());
  const perStage = await Promise.all(
    traced.map(async (stage) => ({ stage, submissions: await readSubmissions(root, stage) })),
  );
  // Not `test.each`: it cuts long names.
  for (const { stage, submissions } of perStage) {
    for (const submission of submissions.filter((one) => isWanted(one, submissions))) {
      const name = `${stage.name}/${submission.name}`;
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
            const deserved = deservedCode(submission);
            const deadlineMs = deserved === 'timed-out' ? ENOUGH_TO_HANG_MS : 30_000;
            const checks = await loadChecks(stage);
            const { verdict } = await verifier.verify({ stage, checks, tree: submission.tree, deadlineMs });
            const codes = verdict.findings.map(({ code }) => code);
            const unrelated = codes.filter((code) => code !== deserved && !submission.beside.includes(code));
            expect({ first: codes[0] ?? 'pass', unrelated }, shown(verdict)).toEqual({
              first: deserved,
              unrelated: [],
            });
            expect(verdict.findings.filter(lacksPlace), shown(verdict)).toEqual([]);
          },
          DEADLINE_MS,
        );
      }
    }
  }
  return perStage;
}

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

/** Some start a dozen processes, and wait for their turn before. */
const DEADLINE_MS = 240_000;
/** For starting on a busy machine, too. */
const ENOUGH_TO_HANG_MS = 15_000;
