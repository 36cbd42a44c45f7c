/** How long after the start of the run: `+0.812 s`. */
export function renderOffset(atMs: number, startMs: number): string {
  return `+${((atMs - startMs) / 1000).toFixed(3)} s`;
}

/** The time of day as the shop's own lines have it, in UTC: `02:00:07.412`. */
export function renderClock(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 23);
}
