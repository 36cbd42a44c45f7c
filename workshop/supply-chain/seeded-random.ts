/** Random numbers from 0 up to 1 that are the same for the same seed: Steele's SplitMix, 32 bits of it. */
export type Random = () => number;

/** Starts such a row of numbers. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** One of several, each as likely. */
export function pick<T>(random: Random, from: readonly T[]): T {
  if (from.length === 0) throw new Error('There is nothing to pick from.');
  return from[Math.floor(random() * from.length)] as T;
}
