import {
  buildCatalogue,
  type Engine,
  explainUnmeasured,
  findUnmeasured,
  judgeObjectives,
  lastMoment,
  type Objective,
  parseObjectives,
} from 'service-ownership';
import { type BenchFiles, readBenchFiles } from '../../workshop/check/bench-documents.ts';
import type { CheckAids, CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { Tree } from '../../workshop/stages/tree.ts';

/** The objectives that a bench's OpenSLO files declare. */
export function readBenchObjectives(bench: Tree, aids: Pick<CheckAids, 'show'>): BenchFiles<Objective> {
  return readBenchFiles(
    bench,
    { name: 'objectives', word: 'openslo/v1', misfit: 'wrong-objective', parse: parseObjectives },
    aids,
  );
}

/** What a promise of the checkout says that was not promised; nothing where both are as they were told. */
export function judgePromises(objectives: readonly Objective[], aids: CheckAids): readonly CheckFinding[] {
  const missing = PROMISES.filter((promise) => !objectives.some((objective) => isKept(objective, promise)));
  return missing.slice(0, 1).map((promise) => explainMissing(promise, objectives, aids));
}

/** Objectives on what no span of the run shows: they would be kept for ever. */
export async function judgeMeasured(
  engine: Engine,
  objectives: readonly Objective[],
): Promise<readonly CheckFinding[]> {
  const nowMs = (await lastMoment(engine)) ?? 0;
  const statuses = await judgeObjectives(engine, objectives, { nowMs });
  return findUnmeasured(statuses, await buildCatalogue(engine, []))
    .map(explainUnmeasured)
    .map(({ code, message, hint, service, location }) =>
      findingOf({ code, message, hint, service, ...(location && { location: `${location.file}:${location.line}` }) }),
    );
}

type Promised = Pick<Objective, 'measure' | 'target'> & { readonly words: string };

/** As the stage's page has them. */
const PROMISES: readonly Promised[] = [
  { measure: { kind: 'availability' }, target: 0.995, words: '995 of 1000 orders go through' },
  {
    measure: { kind: 'latency', thresholdMs: 1500 },
    target: 0.99,
    words: '99 of 100 orders are answered within a second and a half',
  },
];
const ENTRY = { service: 'shop', operation: 'POST /orders' };
const WINDOW_MS = 30 * 86_400_000;

function isKept(objective: Objective, { measure, target }: Promised): boolean {
  return (
    isOfCheckout(objective) &&
    isAlike(objective, measure) &&
    thresholdOf(objective) === thresholdOf({ measure }) &&
    Math.abs(objective.target - target) < 1e-9 &&
    objective.windowMs === WINDOW_MS
  );
}

function isOfCheckout({ service, operation }: Objective): boolean {
  return service === ENTRY.service && operation === ENTRY.operation;
}

function isAlike({ measure }: Objective, { kind }: Objective['measure']): boolean {
  return measure.kind === kind;
}

function thresholdOf({ measure }: Pick<Objective, 'measure'>): number | undefined {
  return measure.kind === 'latency' ? measure.thresholdMs : undefined;
}

/** What comes nearest says what is wrong with it. */
function explainMissing(
  { measure, target, words }: Promised,
  all: readonly Objective[],
  { show }: CheckAids,
): CheckFinding {
  const alike = all.filter((objective) => isAlike(objective, measure) && objective.operation !== 'POST /baskets');
  const nearest = alike.find(isOfCheckout) ?? alike[0];
  if (!nearest)
    return wrong(`Nothing says that ${words}.`, {
      hint: `A file in \`${show('objectives')}\`, like the one that was handed out, for \`${ENTRY.operation}\` of \`${ENTRY.service}\`.`,
      expected: words,
      actual: 'no such objective',
    });
  const { name, origin } = nearest;
  const location = origin.kind === 'declared' ? `${origin.file}:${origin.line}` : undefined;
  const about = (actual: string, expected: string, hint: string) =>
    wrong(`\`${name}\` is about ${actual}, and the promise is that ${words}: ${expected}.`, {
      hint,
      expected,
      actual,
      location,
    });
  const entry = `\`${ENTRY.operation}\` of \`${ENTRY.service}\``;
  if (!isOfCheckout(nearest))
    return about(
      `\`${nearest.operation}\` of \`${nearest.service}\``,
      entry,
      'A promise is made to whoever asks from outside, and kept or broken there. What the services below have to do for it is derived.',
    );
  if (thresholdOf(nearest) !== thresholdOf({ measure }))
    return about(`${thresholdOf(nearest)} ms`, `${thresholdOf({ measure })} ms`, 'Values are milliseconds here.');
  if (nearest.windowMs !== WINDOW_MS)
    return about(
      `${nearest.windowMs / 86_400_000} days`,
      '30 days',
      '`timeWindow: [{ duration: 30d, isRolling: true }]`.',
    );
  return about(
    `${Number((nearest.target * 100).toFixed(4))} of 100`,
    `${target * 100} of 100, a target of ${target}`,
    'A target is the share that must be good.',
  );
}

function wrong(message: string, more: Partial<CheckFinding> & Pick<CheckFinding, 'hint'>): CheckFinding {
  return findingOf({ code: 'wrong-objective', message, ...more });
}
