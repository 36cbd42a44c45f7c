import { type Expected, explain, match, pathsOf } from 'trace-shapes';
import type { Tree } from '../stages/tree.ts';
import type { AnyCheck, Check, CheckAids, CheckFinding, StageRun } from './check.ts';

/**
 * Gives the list of a stage's checks its type.
 * @example
 * export const checks = defineChecks([shapeCheck({ id: 'one-span', title: 'one span a checkout', expected: () => checkout })]);
 */
export function defineChecks(checks: readonly AnyCheck[]): readonly AnyCheck[] {
  return checks;
}

/**
 * A check that compares the run's traces with a shape. Where a library makes no spans, `unless` says so and why, and
 * the shape is not looked at; `further` is asked only once the spans are as they should be.
 */
export function shapeCheck(check: {
  readonly id: string;
  readonly title: string;
  readonly unless?: (run: StageRun, aids: CheckAids) => readonly CheckFinding[];
  readonly expected: (run: StageRun) => Expected;
  readonly further?: (run: StageRun, aids: CheckAids) => readonly CheckFinding[];
}): Check {
  return {
    id: check.id,
    title: check.title,
    judge(run, aids) {
      const { locate, known } = aids;
      const cause = check.unless?.(run, aids) ?? [];
      if (cause.length > 0) return { findings: cause, picture: undefined, paths: [] };
      // Spans that were lost at the end are another check's finding; what they look like is told all the same.
      const traces = run.traces.length === 0 && run.control ? run.control.traces : run.traces;
      const result = match(check.expected(run), traces);
      const { findings, picture } = explain(result, { locate, ...(known && { known }) });
      const told = findings.map((finding) => knowingTheBench(finding, run.bench));
      const further = findings.length === 0 ? (check.further?.(run, aids) ?? []) : [];
      return { findings: [...told, ...further], picture, paths: [...pathsOf(result)] };
    },
  };
}

/** A span that is missing though the bench starts one of that name has not ended, or is not on this path. */
function knowingTheBench(finding: CheckFinding, bench: Tree): CheckFinding {
  if (finding.code !== 'missing-span' || finding.span === undefined || !isNamedIn(bench, finding.span)) return finding;
  return {
    ...finding,
    hint: 'The bench names it, but none arrived from here. Is it started on this path, and ended on every way out? Only a span that has ended is sent.',
  };
}

function isNamedIn(bench: Tree, name: string): boolean {
  const literals = [`'${name}'`, `"${name}"`, `\`${name}\``];
  return [...bench].some(
    ([path, content]) =>
      /\.[cm]?[jt]s$/.test(path) && literals.some((literal) => content.toString('utf8').includes(literal)),
  );
}

/** A check that answers with findings and has no picture. */
export function plainCheck(check: {
  readonly id: string;
  readonly title: string;
  readonly judge: (run: StageRun, aids: CheckAids) => readonly CheckFinding[];
}): Check {
  return { ...check, judge: (run, aids) => ({ findings: check.judge(run, aids), picture: undefined, paths: [] }) };
}

/** A finding about the run as a whole, with what is left out filled in. */
export function findingOf(
  finding: Pick<CheckFinding, 'code' | 'message' | 'hint'> & Partial<CheckFinding>,
): CheckFinding {
  return {
    expected: '',
    actual: '',
    service: undefined,
    span: undefined,
    traceId: undefined,
    location: undefined,
    times: 1,
    ...finding,
  };
}
