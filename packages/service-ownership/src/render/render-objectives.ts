import { wrap } from 'trace-shapes/render';
import { budgetOf, burnOf, shortPromiseOf, stateWords } from '../explain/objective-words.ts';
import { percent } from '../explain/phrases.ts';
import type { ObjectiveStatus } from '../objectives/objective-status.ts';
import type { Objective } from '../read/objective.ts';
import { indent, renderTable, tableWidth } from './table.ts';

/** An objective with who answers for it. */
export interface OwnedStatus {
  readonly status: ObjectiveStatus;
  readonly owner: string;
}

/** All teams' objectives, the derived ones below their own, as a table where there is room, and below it what burns most. */
export function renderObjectives(statuses: readonly OwnedStatus[], { width }: { readonly width: number }): string {
  const columns = Math.max(width, 40) - 2;
  const rows = statuses.map(({ status, owner }) => rowOf(status, owner));
  const listed =
    tableWidth(HEADS, rows) > columns
      ? statuses.flatMap((one) => stack(one, columns))
      : renderTable(HEADS, rows, columns);
  const firing = statuses.flatMap(({ status: { objective, firing } }) =>
    firing ? wrap(`${objective.name}: ${burnOf(firing)}`, columns) : [],
  );
  return indent([...listed, ...(firing.length > 0 ? ['', ...firing] : []), '']);
}

/** An objective where the table has no room: whose it is, and below it how it stands. */
function stack({ status, owner }: OwnedStatus, columns: number): readonly string[] {
  const { objective, attainment } = status;
  const margin = objective.origin.kind === 'derived' ? '  ' : '';
  const stands = [
    ...(attainment === undefined ? [] : [`is ${percent(attainment)}`, `budget ${budgetOf(status)}`]),
    stateWords(status),
  ].join(', ');
  return [
    ...wrap(`${titleOf(objective)}, ${owner}`, columns, margin),
    ...wrap(`${shortPromiseOf(objective)}: ${stands}`, columns, `${margin}  `),
  ];
}

function rowOf(status: ObjectiveStatus, owner: string): readonly string[] {
  const { objective, attainment, budget, state } = status;
  return [
    `${objective.origin.kind === 'derived' ? '  ' : ''}${titleOf(objective)}`,
    owner,
    shortPromiseOf(objective),
    attainment === undefined ? '' : percent(attainment),
    state === 'no-data' ? '' : percent(budget.leftShare),
    stateWords(status),
  ];
}

function titleOf({ origin, service, operation, name }: Objective): string {
  return origin.kind === 'derived' ? `${percent(origin.share)} on ${service} ${operation}` : name;
}

const HEADS = ['objective', 'owner', 'promise', 'is', 'budget left', 'state'];
