import { expect, test } from 'vitest';
import { createLimit } from './create-limit.ts';

test('runs no more at once than there are places, each in a place that is free', async () => {
  const limit = createLimit(2);
  const taken = new Set<number>();
  let most = 0;
  const work = (place: number) => {
    expect(taken.has(place)).toBe(false);
    taken.add(place);
    most = Math.max(most, taken.size);
    return new Promise<number>((resolve) =>
      setImmediate(() => {
        taken.delete(place);
        resolve(place);
      }),
    );
  };
  const places = await Promise.all(Array.from({ length: 7 }, () => limit(work)));
  expect(most).toBe(2);
  expect(new Set(places)).toEqual(new Set([1, 2]));
});

test('gives a place back when the work fails', async () => {
  const limit = createLimit(1);
  await expect(limit(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(limit(async () => 'done')).resolves.toBe('done');
});
