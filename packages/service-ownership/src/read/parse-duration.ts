/** Milliseconds of a duration of OpenSLO (`30m`, `1h`, `28d`, `4w`) or in seconds (`90s`); `undefined` if it is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+)(s|m|h|d|w|M|Q|Y)$/.exec(text.trim());
  const number = Number(match?.[1]);
  return match && number > 0 ? number * (UNIT_MS[match[2] ?? ''] ?? Number.NaN) : undefined;
}

const DAY_MS = 86_400_000;
/** A month, a quarter and a year of a rolling window are 30, 90 and 365 days. */
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
  M: 30 * DAY_MS,
  Q: 90 * DAY_MS,
  Y: 365 * DAY_MS,
};
