import { expect, test } from 'vitest';
import { createTaskLine } from './task-line.ts';

test('runs one task at a time, in order, and tells of the end of each', async () => {
  const { seen, line, settled } = watchLine(3);
  line.append(async () => void seen.push('first begins', (await Promise.resolve('first ends')) as string));
  line.append(async () => void seen.push('second'));
  line.append(async () => {
    throw new Error('third fails');
  });
  await settled;
  expect(seen).toEqual(['first begins', 'first ends', 'done', 'second', 'done', 'third fails']);
  expect(line.isEmpty()).toBe(true);
});

test('ends what is under way and forgets the rest when something else comes first', async () => {
  const { seen, line, settled } = watchLine(2);
  line.append(async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    seen.push('left');
    signal.throwIfAborted();
  });
  line.append(async () => void seen.push('never'));
  line.interruptWith(async () => void seen.push('restart'));
  await settled;
  expect(seen).toEqual(['left', 'done', 'restart', 'done']);
});

test('waits for what is under way when it is cleared', async () => {
  const { seen, line } = watchLine(1);
  line.append(async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    seen.push('left');
  });
  line.append(async () => void seen.push('never'));
  await line.clear();
  expect(seen).toEqual(['left', 'done']);
});

function watchLine(ends: number) {
  const seen: string[] = [];
  const settled = Promise.withResolvers<void>();
  let left = ends;
  const line = createTaskLine((error) => {
    seen.push(error instanceof Error ? error.message : 'done');
    if (--left === 0) settled.resolve();
  });
  return { seen, line, settled: settled.promise };
}
