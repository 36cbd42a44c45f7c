import { expect, test } from 'vitest';
import { clip, escapeControls, toOneLine, toPlainText } from './plain-text.ts';

const HOSTILE = 'a\u001b[2Jb\u009b31mc\u202ed\te\r\nf\u0007';

test('shows a dot for every character that would move the cursor or turn the text round', () => {
  expect(toPlainText(HOSTILE)).toBe('a·[2Jb·31mc·d·e·\nf·');
  expect(toOneLine(HOSTILE)).toBe('a·[2Jb·31mc·d·e· f·');
});

test('writes the same characters as code that says which they were', () => {
  const code = escapeControls(JSON.stringify(`${HOSTILE}\u{e0001}`));
  expect(code).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(code)).toBe(`${HOSTILE}\u{e0001}`);
});

test('clips a text and leaves no half of a character', () => {
  expect(clip('basket', 6)).toBe('basket');
  expect(clip('baskets', 6)).toBe('baske…');
  expect(clip('ab🧶🧶', 4)).toBe('ab…');
});
