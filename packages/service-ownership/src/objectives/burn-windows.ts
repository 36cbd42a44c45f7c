/** Two windows that must both burn at least so fast for an alert: the long one says enough is lost, the short one it still is. */
export interface BurnWindow {
  readonly severity: 'page' | 'ticket';
  /** How many times faster than sustainable. */
  readonly factor: number;
  readonly longMs: number;
  readonly shortMs: number;
}

/**
 * The four pairs of the SRE workbook ("Alerting on SLOs", multiwindow, multi-burn-rate), which are for 30 days, scaled to
 * an objective's own time: so much of the budget is lost whatever its length. A workshop's objective over 30 minutes has
 * windows of seconds.
 */
export function burnWindows(windowMs: number): readonly BurnWindow[] {
  const scale = windowMs / (30 * DAY_MS);
  return PAIRS.map(({ longMs, shortMs, ...pair }) => ({ ...pair, longMs: longMs * scale, shortMs: shortMs * scale }));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const PAIRS: readonly BurnWindow[] = [
  { severity: 'page', factor: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
  { severity: 'page', factor: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS },
  { severity: 'ticket', factor: 3, longMs: DAY_MS, shortMs: 2 * HOUR_MS },
  { severity: 'ticket', factor: 1, longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS },
];
