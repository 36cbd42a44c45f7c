import type { LookCount } from '../supply-chain/count-looks.ts';
import type { Look } from '../supply-chain/look-for-changes.ts';

/** A line on one look: what was changed, and what was found. */
export function renderLook({ planned, found, right }: Pick<Look, 'planned' | 'found' | 'right'>): string {
  const truth = planned
    ? `${planned.kind} (${planned.effect}) at ${planned.service}, ${planned.attribute}=${planned.value}`
    : 'nothing';
  const value = found?.value === undefined ? 'no value' : `${found.attribute}=${found.value}`;
  const answer = found ? `${found.service}, ${found.operation}, ${value}` : 'nothing';
  if (right.service && right.operation && right.value) return `✓ ${truth}`;
  const wrong = right.service ? '~' : '✗';
  return `${wrong} ${truth}; found ${answer}`;
}

/** How often the tool was right, for a terminal. */
export function renderLookCount({ perKind, quietRuns, falseAlarms, ...all }: LookCount): string {
  const row = (name: string, { changes, service, serviceOperationValue }: typeof all) =>
    `  ${name.padEnd(12)} ${String(changes).padStart(3)}   ${share(service)}     ${share(serviceOperationValue)}`;
  return [
    `  AC@1       changes   service   and operation and value`,
    row('all', all),
    ...Object.entries(perKind).map(([kind, some]) => row(kind, some)),
    `  false alarms ${falseAlarms} of ${quietRuns} runs with no change`,
  ].join('\n');
}

function share(of: number): string {
  return of.toFixed(3);
}
