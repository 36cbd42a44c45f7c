/** One way through the workshop, for as much time as there is. */
export type Track = {
  /** What `npm run rehearse -- KEY` calls it. */
  readonly key: string;
  readonly title: string;
  /** How many lines may be typed on the way. */
  readonly mostLines: number | undefined;
  readonly stops: readonly TrackStop[];
  /** What the rest of the time is for. */
  readonly ending: { readonly minutes: number; readonly what: string };
};

/** One stage on the way: told without typing, typed step by step, or shown as its solution. */
export type TrackStop = { readonly stage: string; readonly minutes: number; readonly how: 'told' | 'typed' | 'shown' };

const SOLVED = {
  minutes: 5,
  what: 'last night once more (`o`), solved by two traces (the last part of 09), and the second vote',
};

/** The tracks with a clock. Who walks alone takes every stage in its own minutes. */
export const TRACKS: readonly Track[] = [
  {
    key: '40',
    title: '40 minutes, live-coded',
    mostLines: 60,
    stops: [
      { stage: 'last-night', minutes: 4, how: 'told' },
      { stage: 'first-span', minutes: 7, how: 'typed' },
      { stage: 'spans-that-explain', minutes: 7, how: 'typed' },
      { stage: 'lost-context', minutes: 6, how: 'typed' },
      { stage: 'free-database-spans', minutes: 3, how: 'typed' },
      { stage: 'across-services', minutes: 2, how: 'shown' },
      { stage: 'framework', minutes: 2, how: 'shown' },
      { stage: 'across-time', minutes: 2, how: 'shown' },
      { stage: 'logs-and-metrics', minutes: 2, how: 'shown' },
    ],
    ending: SOLVED,
  },
  {
    key: '90',
    title: '90 minutes, live-coded',
    mostLines: undefined,
    stops: [
      { stage: 'last-night', minutes: 5, how: 'told' },
      { stage: 'first-span', minutes: 12, how: 'typed' },
      { stage: 'spans-that-explain', minutes: 13, how: 'typed' },
      { stage: 'lost-context', minutes: 13, how: 'typed' },
      { stage: 'free-database-spans', minutes: 7, how: 'typed' },
      { stage: 'across-services', minutes: 8, how: 'shown' },
      { stage: 'framework', minutes: 10, how: 'typed' },
      { stage: 'across-time', minutes: 7, how: 'shown' },
      { stage: 'logs-and-metrics', minutes: 10, how: 'typed' },
    ],
    ending: SOLVED,
  },
  {
    key: 'half-day',
    title: 'Half a day, everybody types',
    mostLines: undefined,
    stops: [
      { stage: 'last-night', minutes: 10, how: 'told' },
      { stage: 'first-span', minutes: 20, how: 'typed' },
      { stage: 'spans-that-explain', minutes: 25, how: 'typed' },
      { stage: 'lost-context', minutes: 25, how: 'typed' },
      { stage: 'free-database-spans', minutes: 15, how: 'typed' },
      { stage: 'across-services', minutes: 25, how: 'typed' },
      { stage: 'framework', minutes: 20, how: 'typed' },
      { stage: 'across-time', minutes: 20, how: 'typed' },
      { stage: 'logs-and-metrics', minutes: 25, how: 'typed' },
      { stage: 'own-your-service', minutes: 5, how: 'shown' },
      { stage: 'keep-a-promise', minutes: 5, how: 'shown' },
    ],
    ending: { minutes: 15, what: `a break; ${SOLVED.what}` },
  },
  {
    key: 'ownership',
    title: 'Ownership, 90 minutes, live-coded',
    mostLines: undefined,
    stops: [
      { stage: 'last-night', minutes: 6, how: 'told' },
      { stage: 'framework', minutes: 4, how: 'shown' },
      { stage: 'logs-and-metrics', minutes: 6, how: 'shown' },
      { stage: 'own-your-service', minutes: 20, how: 'typed' },
      { stage: 'keep-a-promise', minutes: 22, how: 'typed' },
      { stage: 'what-changed', minutes: 25, how: 'typed' },
    ],
    ending: { minutes: 7, what: 'who of the room owns which promise at home, and who is woken for it' },
  },
];

/** The minutes of a whole track. */
export function minutesOf({ stops, ending }: Track): number {
  return stops.reduce((sum, { minutes }) => sum + minutes, ending.minutes);
}
