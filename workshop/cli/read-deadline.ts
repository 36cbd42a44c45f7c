import { USUAL_DEADLINE_MS } from '../app/patient-for.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a check waits for the app to start, and then for the scenario, before it gives up; as usual when left out. */
export function readDeadline({ env }: Pick<Surroundings, 'env'>): number | undefined {
  const wanted = env.WORKSHOP_DEADLINE;
  if (!wanted) return undefined;
  const seconds = Number(wanted);
  if (seconds > 0 && seconds <= 3_600) return seconds * 1_000;
  throw new UsageError(
    `WORKSHOP_DEADLINE is "${wanted}"; it is a number of seconds, such as 30, or is left out for ${USUAL_DEADLINE_MS / 1_000}.`,
  );
}
