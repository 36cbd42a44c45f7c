import { expect, test } from 'vitest';
import { findDifference } from './find-difference.ts';

test('finds nothing between equal values, and lets a pattern stand for a text', () => {
  expect(findDifference({ a: [1, { b: null }], id: /^P-\d+$/ }, { a: [1, { b: null }], id: 'P-1' })).toBeUndefined();
});

test('says where values differ first', () => {
  expect(findDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual({
    path: 'a[1].b',
    expected: 2,
    actual: 3,
  });
});

test('takes a key that is not expected, a missing one and a longer list for differences', () => {
  expect(findDifference({}, { a: 1 })).toEqual({ path: 'a', expected: undefined, actual: 1 });
  expect(findDifference({ a: 1 }, {})).toEqual({ path: 'a', expected: 1, actual: undefined });
  expect(findDifference([], [1])).toEqual({ path: '', expected: [], actual: [1] });
});

test('does not take a number for a text that matches', () => {
  expect(findDifference(/1/, 1)).toEqual({ path: '', expected: /1/, actual: 1 });
});
