import type { Picture } from 'trace-shapes';
import type { Stage } from '../stages/list-stages.ts';
import type { StoredNight } from '../telemetry/stored-night.ts';
import type { AnyCheck, CheckAids, CheckFinding, CheckOutcome, StageRun } from './check.ts';
import { explainSilence } from './diagnose-silence.ts';
import { FINDING_CODES, RUN_CODES } from './finding-code.ts';
import { maskVerdict } from './mask-verdict.ts';
import type { CheckVerdict, StageVerdict } from './stage-verdict.ts';

/** What is judged, and by what. */
export type Judgement = {
  readonly stage: Stage;
  readonly checks: readonly AnyCheck[];
  /** The last night replayed on this copy, if there was one; left out where nobody replays nights: then none is asked for. */
  readonly nights?: { readonly last: StoredNight | undefined } | undefined;
  readonly benchName: string;
  readonly aids: CheckAids;
  readonly durationMs: number;
};

/** What one check found. */
type JudgedCheck = readonly [check: AnyCheck, outcome: CheckOutcome];

/** What each of the checks finds in a run. */
export async function judgeChecks(
  run: StageRun,
  { checks, ...judgement }: Pick<Judgement, 'checks' | 'nights' | 'benchName' | 'aids'>,
): Promise<readonly JudgedCheck[]> {
  const asked = checks.filter((check) => judgement.nights !== undefined || !('judgeNight' in check));
  const came = run.telemetry.spans.length + (run.control?.telemetry.spans.length ?? 0);
  const silence = came === 0 ? explainSilence(run, judgement.benchName) : undefined;
  return Promise.all(
    asked.map(async (check) => {
      const outcome = await judgeOne(check, run, judgement);
      return [check, silence && isOfARun(check) ? withReason(outcome, silence) : outcome] as const;
    }),
  );
}

/** The verdict that these outcomes make together. */
export function verdictOf(
  judged: readonly JudgedCheck[],
  judgement: Pick<Judgement, 'stage' | 'durationMs'>,
): StageVerdict {
  return toVerdict(
    judged.map(([check, outcome]) => toCheckVerdict(check, outcome)),
    judged.flatMap(([, { paths }]) => paths),
    judgement,
  );
}

/** Judges a stage whose checks look at files alone. */
export function judgeBench(bench: StageRun['bench'], { checks, ...judgement }: Judgement): StageVerdict {
  const verdicts = checks.flatMap((check) =>
    'judgeBench' in check ? toCheckVerdict(check, check.judgeBench(bench, judgement.benchName)) : [],
  );
  return toVerdict(verdicts, [], judgement);
}

/** The verdict on an app that could not be run to the end: one finding, and every check is open. */
export function judgeFailure(finding: CheckFinding, judgement: Omit<Judgement, 'checks' | 'aids'>): StageVerdict {
  const runs: CheckVerdict = {
    id: 'app-runs',
    title: 'the app runs',
    status: 'fail',
    findings: [finding],
    picture: undefined,
  };
  return toVerdict([runs], [], judgement);
}

function isOfARun(check: AnyCheck): boolean {
  return 'judge' in check || 'judgeSet' in check;
}

async function judgeOne(
  check: AnyCheck,
  run: StageRun,
  { aids, nights, benchName }: Pick<Judgement, 'aids' | 'nights' | 'benchName'>,
): Promise<CheckOutcome> {
  if ('judge' in check) return check.judge(run, aids);
  if ('judgeSet' in check) return check.judgeSet(run, aids);
  return 'judgeNight' in check
    ? check.judgeNight(run.bench, nights?.last, benchName)
    : check.judgeBench(run.bench, benchName);
}

/** With no spans at all, no check of a run passes: whatever else it found, it fails for this one reason as well. */
function withReason({ findings, paths }: CheckOutcome, silence: CheckFinding): CheckOutcome {
  return { findings: [silence, ...findings.filter(({ code }) => code !== 'no-spans')], picture: undefined, paths };
}

function toCheckVerdict({ id, title }: AnyCheck, { findings, picture, remark }: CheckOutcome): CheckVerdict {
  return { id, title, status: findings.length === 0 ? 'pass' : 'fail', findings, picture, remark };
}

function toVerdict(
  checks: readonly CheckVerdict[],
  paths: readonly string[],
  { stage, durationMs }: Pick<Judgement, 'stage' | 'durationMs'>,
): StageVerdict {
  const failed = checks.filter(({ status }) => status === 'fail');
  const findings = inMendingOrder(failed);
  const shown = findings.some(({ code }) => code === 'behaviour-changed' || code === 'not-instrumented')
    ? undefined
    : (failed.find(({ picture }) => picture !== undefined) ??
      (failed.length > 0 ? undefined : checks.findLast(({ picture }) => picture !== undefined)));
  return maskVerdict({
    stage: stage.name,
    status: failed.length === 0 ? 'pass' : 'fail',
    durationMs,
    checks,
    picture: shown && renumbered(shown, failed),
    findings,
    notice: failed.length === 0 ? stage.definition.notice : undefined,
    paths,
  });
}

/**
 * Several checks may stumble over one mistake; the room hears of it once. What a shop does not do makes no spans either,
 * and where a library makes none, hardly anything is where it should be.
 */
function inMendingOrder(failed: readonly CheckVerdict[]): readonly CheckFinding[] {
  const all = failed.flatMap(({ findings }) => findings);
  const once = all.filter((finding, i) => all.findIndex((other) => keyOf(other) === keyOf(finding)) === i);
  const causes = withoutFollowOns(once);
  return causes.toSorted((a, b) => FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code));
}

function withoutFollowOns(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  const has = (wanted: string) => findings.some(({ code }) => code === wanted);
  if (has('behaviour-changed')) return findings.filter(({ code }) => RUN.has(code));
  if (has('not-instrumented')) return findings.filter(({ code }) => RUN.has(code) || code === 'not-instrumented');
  return findings;
}

function keyOf({ code, message }: CheckFinding): string {
  return `${code} ${message}`;
}

/** A picture's notes are numbers of its own check's findings: they become those of the whole verdict. */
function renumbered({ picture, findings }: CheckVerdict, failed: readonly CheckVerdict[]): Picture | undefined {
  if (!picture) return undefined;
  const order = inMendingOrder(failed);
  const renumber = (note: number) =>
    order.findIndex((finding) => keyOf(finding) === keyOf(findings[note - 1] as CheckFinding)) + 1;
  const visit = (node: Picture['trees'][number]['root']): Picture['trees'][number]['root'] => ({
    ...node,
    notes: node.notes.map(renumber),
    children: node.children.map(visit),
  });
  return { ...picture, trees: picture.trees.map((tree) => ({ ...tree, root: visit(tree.root) })) };
}

const RUN: ReadonlySet<string> = new Set(RUN_CODES);
