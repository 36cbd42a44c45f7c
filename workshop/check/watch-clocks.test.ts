import { expect, test, vi } from 'vitest';
import { watchClocks } from './watch-clocks.ts';

test.each([
  { event: 'nothing happens', byClock: 500, passed: 500, isJump: false },
  { event: 'the clock is kept right by the network', byClock: 520, passed: 500, isJump: false },
  { event: 'the clock is set forward', byClock: 3_600_500, passed: 500, isJump: true },
  { event: 'the clock is set back', byClock: -3_599_500, passed: 500, isJump: true },
  { event: 'a laptop sleeps whose timers sleep, too', byClock: 60_000, passed: 250, isJump: true },
  { event: 'a laptop sleeps whose timers go on', byClock: 60_000, passed: 60_000, isJump: true },
])('$event: jumped is $isJump', ({ byClock, passed, isJump }) => {
  let [now, monotonic] = [1_700_000_000_000, 10_000];
  using watch = watchClocks(
    () => now,
    () => monotonic,
  );
  expect(watch.hasJumped()).toBe(false);
  [now, monotonic] = [now + byClock, monotonic + passed];
  expect(watch.hasJumped()).toBe(isJump);
  [now, monotonic] = [now + 250, monotonic + 250];
  expect(watch.hasJumped()).toBe(isJump);
});

test('many short looks make no pause', () => {
  vi.useFakeTimers();
  using watch = watchClocks();
  vi.advanceTimersByTime(600_000);
  expect(watch.hasJumped()).toBe(false);
  vi.useRealTimers();
});
