import { expect, test } from 'vitest';
import { shiftClock } from './shift-clock.ts';

test('sets the clock by one line and keeps the distances', () => {
  expect(
    shiftClock(
      ['08:15:01.250 INFO a', '08:15:02.000 INFO report started', '08:15:10.007 WARN b'],
      'started',
      '02:00:00.000',
    ),
  ).toEqual(['01:59:59.250 INFO a', '02:00:00.000 INFO report started', '02:00:08.007 WARN b']);
});

test('sorts lines that arrived out of order, over midnight too', () => {
  expect(shiftClock(['00:00:01.000 c', '23:59:59.000 a', '00:00:00.000 b started'], 'started', '00:00:00.000')).toEqual(
    ['23:59:59.000 a', '00:00:00.000 b started', '00:00:01.000 c'],
  );
});

test('says which line has no time, and that no line can set the clock', () => {
  expect(() => shiftClock(['hello'], 'hello', '02:00:00.000')).toThrow('does not begin with a time');
  expect(() => shiftClock([], 'started', '02:00:00.000')).toThrow('No line ends with "started"');
});
