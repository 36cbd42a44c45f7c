import type { ChainChange } from './chain-change.ts';
import type { FoundChange } from './find-change.ts';
import type { PlannedChange } from './plan-changes.ts';

/** How much of an answer is right. Where nothing was changed, only to have found nothing is. */
export type Rightness = { readonly service: boolean; readonly operation: boolean; readonly value: boolean };

/** Compares what was found with what was changed. */
export function judgeFound(planned: PlannedChange, found: FoundChange | undefined): Rightness {
  if (!planned || !found) return all(!planned && !found);
  return {
    service: found.service === planned.service,
    operation: found.operation === planned.operation,
    value: namesValue(planned, found),
  };
}

/** Whether service, operation and value are. */
export function isAllRight({ service, operation, value }: Rightness): boolean {
  return service && operation && value;
}

/** The value counts, under whatever name somebody calls it; a flag must be known for one, as "on" alone says nothing. */
function namesValue({ kind, value }: ChainChange, found: FoundChange): boolean {
  if (kind !== 'flag') return found.value === value;
  return /flag/.test(found.attribute ?? '') && (found.value === 'on' || found.value === 'true');
}

function all(right: boolean): Rightness {
  return { service: right, operation: right, value: right };
}
