import { expect, test } from 'vitest';
import { patientFor } from './patient-for.ts';

test('waits longer on a machine that has too much to do, and not for ever', () => {
  expect(patientFor(5_000, 0, 2)).toBe(5_000);
  expect(patientFor(5_000, 2, 2)).toBe(5_000);
  expect(patientFor(5_000, 6, 2)).toBe(15_000);
  expect(patientFor(5_000, 100, 2)).toBe(15_000);
});
