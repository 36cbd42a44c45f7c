import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Objective } from '../read/objective.ts';
import type { ObjectiveStatus } from './objective-status.ts';

/** An objective on an operation that no span shows: it would be kept for ever. */
export interface Unmeasured {
  readonly code: 'wrong-objective';
  readonly objective: Objective;
  /** Whether its service sends spans at all. */
  readonly isServiceSeen: boolean;
  /** What there is instead: the service's operations, or else the services. */
  readonly there: readonly string[];
}

/** The declared objectives without data, of which no span was ever seen. */
export function findUnmeasured(statuses: readonly ObjectiveStatus[], { services }: Catalogue): readonly Unmeasured[] {
  return statuses.flatMap(({ objective, state }) => {
    const seen = services.find(({ name }) => name === objective.service)?.seen;
    const there =
      seen?.operations.map(({ name }) => name) ?? services.filter((one) => one.seen).map(({ name }) => name);
    if (state !== 'no-data' || objective.origin.kind === 'derived' || there.includes(objective.operation)) return [];
    return [{ code: 'wrong-objective' as const, objective, isServiceSeen: seen !== undefined, there }];
  });
}
