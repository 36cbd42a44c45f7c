/** Runs work as soon as one of a few places is free, in the order of the calls, and tells it which place it has. */
export type Limit = <Result>(work: (place: number) => Promise<Result>) => Promise<Result>;

/** Makes a limit of so many places, numbered from 1. */
export function createLimit(places: number): Limit {
  const waiting: ((place: number) => void)[] = [];
  const free = Array.from({ length: places }, (_, i) => i + 1);
  return async (work) => {
    const place = free.shift() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
    try {
      return await work(place);
    } finally {
      const next = waiting.shift();
      if (next) next(place);
      else free.push(place);
    }
  };
}
