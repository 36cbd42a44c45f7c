import { type Arrivals, type Deadline, waitOn } from '../receive/wait-until.ts';
import { type BuildTracesOptions, buildTraces } from './build-traces.ts';
import { type MissingParent, missingParents } from './missing-parents.ts';

export interface QuietOptions extends Deadline, BuildTracesOptions {
  /** How long nothing may arrive. */
  readonly quietMs: number;
  /** Whether missing parents are waited for too: `true` unless said otherwise. A sender that holds spans back never sends them all. */
  readonly parents?: boolean;
}

/** How a wait for quiet ended. */
export interface Quiet {
  /** `false` at the deadline: spans still arrived, or parents were missing. */
  readonly quiet: boolean;
  /** The parents that had not come, with the names of the spans that wait for them. */
  readonly missing: readonly MissingParent[];
}

/**
 * Resolves once no spans or logs have arrived for `quietMs` and all parents are there, or at the deadline, and says then
 * what is missing. Metrics are no sign of work: they come at an interval of their own. Rejects only when it is aborted.
 */
export async function waitUntilQuiet(
  arrivals: Arrivals,
  { quietMs, parents = true, knownParents, ...deadline }: QuietOptions,
): Promise<Quiet> {
  const findMissing = () => buildTraces(arrivals.telemetry.spans, { knownParents }).flatMap(missingParents);
  let silence: NodeJS.Timeout | undefined;
  try {
    return await waitOn<Quiet>(arrivals, deadline, ({ resolve }) => {
      const onSilence = () => {
        const missing = findMissing();
        // Otherwise the parents' arrival starts the next silence.
        if (missing.length === 0 || !parents) resolve({ quiet: true, missing });
      };
      const restart = () => {
        clearTimeout(silence);
        silence = setTimeout(onSilence, quietMs);
      };
      restart();
      return {
        onArrival: ({ spans, logs }) => {
          if (spans.length + logs.length > 0) restart();
        },
        onDeadline: () => resolve({ quiet: false, missing: findMissing() }),
      };
    });
  } finally {
    clearTimeout(silence);
  }
}
