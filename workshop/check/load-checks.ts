import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Stage } from '../stages/list-stages.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { AnyCheck } from './check.ts';

/** The checks that a stage's own `checks.ts` exports. */
export async function loadChecks(stage: Stage): Promise<readonly AnyCheck[]> {
  const file = join(stage.exerciseDir, 'checks.ts');
  const module: unknown = await import(pathToFileURL(file).href);
  const checks = typeof module === 'object' && module !== null && 'checks' in module ? module.checks : undefined;
  if (Array.isArray(checks)) return checks;
  throw new UsageError(
    `\`exercises/${stage.name}/checks.ts\` exports no \`checks\`. It must say \`export const checks = defineChecks([ … ])\`.`,
  );
}

/**
 * All checks that hold at a stage: its own, and those of the stages before it that nobody has retired. Those that ask
 * for a second start are left out of the earlier ones, since they double what each state costs, unless all are asked for.
 */
export async function loadChecksUpTo(
  stages: readonly Stage[],
  stage: Stage,
  { secondStarts = 'own' }: { readonly secondStarts?: 'own' | 'all' } = {},
): Promise<readonly AnyCheck[]> {
  const upTo = stages.filter(({ number }) => number <= stage.number);
  const retired = new Set(upTo.flatMap(({ definition }) => definition.retires.map(({ check }) => check)));
  const isAskedFor = (check: AnyCheck, of: Stage) =>
    secondStarts === 'all' || of.number === stage.number || !('secondStart' in check);
  const perStage = upTo.map(async (one) => (await loadChecks(one)).filter((check) => isAskedFor(check, one)));
  const all = (await Promise.all(perStage)).flat();
  const kept = all.filter(({ id }) => !retired.has(id));
  return kept.filter(({ id }, i) => kept.findIndex((other) => other.id === id) === i);
}
