import { expect, test } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';

test.for([
  ['price basket', 12],
  ['└─ ✗ naïve …', 12],
  ['価格を計算', 10],
  ['주문', 4],
  ['１２', 4],
  ['e\u0301te\u0301', 3],
  ['👩‍👩‍👧 ok', 5],
  ['🧶❤️', 4],
  ['\u0301', 0],
  ['', 0],
] as const)('counts the columns of %s as %i', ([text, columns]) => {
  expect(displayWidth(text)).toBe(columns);
});

test('cuts and fills by columns, and no character in two', () => {
  expect(cutToWidth('価格を計算', 5)).toBe('価格');
  expect(cutToWidth('🧶🧶', 3)).toBe('🧶');
  expect(cutToWidth('e\u0301te\u0301', 1)).toBe('e\u0301');
  expect(cutToWidth('basket', 3)).toBe('bas');
  expect(cutToWidth('価格', 9)).toBe('価格');
  expect(padToWidth('価格', 6)).toBe('価格  ');
  expect(padToWidth('basket', 3)).toBe('basket');
});
