import { isAllRight } from './judge-found.ts';
import type { Look } from './look-for-changes.ts';

/** How often the tool was right. Shares are from 0 to 1. */
export type LookCount = {
  readonly changes: number;
  /** The right service came first. */
  readonly service: number;
  /** And the right operation and value with it. */
  readonly serviceOperationValue: number;
  readonly perKind: Readonly<Record<string, Pick<LookCount, 'changes' | 'service' | 'serviceOperationValue'>>>;
  readonly quietRuns: number;
  readonly falseAlarms: number;
};

/** Counts looks, of changes and of quiet runs. */
export function countLooks(looks: readonly Pick<Look, 'planned' | 'found' | 'right'>[]): LookCount {
  const changed = looks.filter(({ planned }) => planned !== undefined);
  const quiet = looks.filter(({ planned }) => planned === undefined);
  const kinds = Object.entries(Object.groupBy(changed, ({ planned }) => planned?.kind ?? ''));
  return {
    ...shares(changed),
    perKind: Object.fromEntries(kinds.sort().map(([kind, some]) => [kind, shares(some ?? [])])),
    quietRuns: quiet.length,
    falseAlarms: quiet.filter(({ found }) => found !== undefined).length,
  };
}

function shares(
  looks: readonly Pick<Look, 'right'>[],
): Pick<LookCount, 'changes' | 'service' | 'serviceOperationValue'> {
  const share = (isSo: (look: Pick<Look, 'right'>) => boolean) =>
    looks.length === 0 ? 0 : Math.round((looks.filter(isSo).length / looks.length) * 1_000) / 1_000;
  return {
    changes: looks.length,
    service: share(({ right }) => right.service),
    serviceOperationValue: share(({ right }) => isAllRight(right)),
  };
}
