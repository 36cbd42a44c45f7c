import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const file = join(import.meta.dirname, '../../exercises/00-last-night/last-night.log');
const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');

test('the recorded night is about 3,000 lines in the order of their times', () => {
  expect(lines.length).toBeGreaterThan(2_700);
  expect(lines.length).toBeLessThan(3_300);
  const times = lines.map((line) => /^\d\d:\d\d:\d\d\.\d{3} /.exec(line)?.[0]);
  expect(times).toEqual(times.toSorted());
});

test('the recorded night begins its report at two and blames nobody but payments', () => {
  expect(lines).toContain('02:00:00.000 INFO worker report started');
  const complaints = lines.filter((line) => /WARN|ERROR/.test(line)).map((line) => line.slice('02:00:00.000 '.length));
  expect([...new Set(complaints)].sort()).toEqual([
    'ERROR shop payment failed, giving up',
    'WARN payments gateway busy',
    'WARN shop got a 503, trying again',
    'WARN shop payment gateway timeout, retrying',
  ]);
  const night = lines.filter((line) => line > '02:00:00.000' && line < '02:00:08.000');
  expect(night.filter((line) => line.includes('payment gateway timeout')).length).toBeGreaterThan(20);
  expect(lines.filter((line) => line < '02:00:00.000' && line.includes('timeout'))).toEqual([]);
});
