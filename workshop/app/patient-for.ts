import { availableParallelism, loadavg } from 'node:os';

/**
 * How long to wait for what an idle machine does within so many milliseconds: as many times longer as more processes want
 * a processor than there are processors, three times at most. Where a system does not count them (Windows), no longer.
 */
export function patientFor(
  ms: number,
  wanting: number = loadavg()[0] ?? 0,
  processors = availableParallelism(),
): number {
  return Math.round(ms * Math.min(3, Math.max(1, wanting / processors)));
}

/** How long an app may take to start, and then for what is asked of it: both are done within two seconds. */
export const USUAL_DEADLINE_MS = 15_000;
