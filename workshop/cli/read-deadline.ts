import { UsageError } from '../stages/usage-error.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a check waits for the scenario, which needs a second, before it gives up. */
export function readDeadline({ env }: Pick<Surroundings, 'env'>): number {
  const wanted = env.WORKSHOP_DEADLINE;
  const seconds = wanted ? Number(wanted) : USUAL_SECONDS;
  if (seconds > 0 && seconds <= 3_600) return seconds * 1_000;
  throw new UsageError(
    `WORKSHOP_DEADLINE is "${wanted}"; it is a number of seconds, such as 30, or is left out for ${USUAL_SECONDS}.`,
  );
}

const USUAL_SECONDS = 10;
