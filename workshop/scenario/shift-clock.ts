/** Moves the time at the start of each line, so that the line which ends with `marker` is at `time`, and sorts by it. */
export function shiftClock(lines: readonly string[], marker: string, time: string): readonly string[] {
  const marked = lines.find((line) => line.endsWith(marker));
  if (marked === undefined)
    throw new Error(`No line ends with "${marker}", so that there is nothing to set the clock by.`);
  const shiftMs = msOfDay(time) - msOfDay(marked);
  return (
    lines
      .map((line) => ({ atMs: wrap(msOfDay(line) + shiftMs), rest: line.slice(timeLength) }))
      // The hours before midnight come first: nobody's night is longer than half a day.
      .sort((one, other) => sinceNoon(one.atMs) - sinceNoon(other.atMs))
      .map(({ atMs, rest }) => timeOfDay(atMs) + rest)
  );
}

function msOfDay(line: string): number {
  const [, hours, minutes, seconds, ms] = /^(\d\d):(\d\d):(\d\d)\.(\d{3})/.exec(line) ?? [];
  if (ms === undefined) throw new Error(`The line does not begin with a time like 02:00:07.412: "${line}".`);
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}

function timeOfDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 11 + timeLength);
}

function sinceNoon(atMs: number): number {
  return wrap(atMs - dayMs / 2);
}

function wrap(atMs: number): number {
  return (atMs + dayMs) % dayMs;
}

const dayMs = 24 * 60 * 60 * 1000;
const timeLength = '02:00:07.412'.length;
