/** Runs work as soon as one of a few places is free, in the order of the calls. */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Makes a limit of so many places. */
export function createLimit(places: number): Limit {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
