import { burnOf, shortPromiseOf, stateWords } from '../explain/objective-words.ts';
import { percent } from '../explain/phrases.ts';
import type { ObjectiveStatus } from '../objectives/objective-status.ts';
import { indent, renderTable } from './table.ts';

/** An objective with who answers for it. */
export interface OwnedStatus {
  readonly status: ObjectiveStatus;
  readonly owner: string;
}

/** All teams' objectives in one table, the derived ones below their own, and below it what burns. */
export function renderObjectives(statuses: readonly OwnedStatus[], { width }: { readonly width: number }): string {
  const rows = statuses.map(({ status, owner }) => rowOf(status, owner));
  const firing = statuses.flatMap(({ status }) =>
    status.burns.filter(({ isFiring }) => isFiring).map((burn) => `${status.objective.name}: ${burnOf(burn)}`),
  );
  const table = renderTable(
    ['objective', 'owner', 'promise', 'is', 'budget left', 'state'],
    rows,
    Math.max(width, 60) - 2,
  );
  return indent([...table, ...(firing.length > 0 ? ['', ...firing] : []), '']);
}

function rowOf(status: ObjectiveStatus, owner: string): readonly string[] {
  const { objective, attainment, budget, state } = status;
  const { origin, service, operation, name } = objective;
  return [
    origin.kind === 'derived' ? `  ${percent(origin.share)} on ${service} ${operation}` : name,
    owner,
    shortPromiseOf(objective),
    attainment === undefined ? '' : percent(attainment),
    state === 'no-data' ? '' : percent(budget.leftShare),
    stateWords(status),
  ];
}
