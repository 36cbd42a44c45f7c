import { expect, test } from 'vitest';
import { parseProcfile } from './parse-procfile.ts';

test('reads names, commands and arguments, and skips comments and empty lines', () => {
  expect(
    parseProcfile('# the shop\r\n\r\nshop: node --import ./tracing.ts shop/main.ts\r\nworker: node worker.ts'),
  ).toEqual({
    entries: [
      { name: 'shop', env: {}, words: ['node', '--import', './tracing.ts', 'shop/main.ts'] },
      { name: 'worker', env: {}, words: ['node', 'worker.ts'] },
    ],
  });
});

test('reads quoted words and Windows paths as they are written', () => {
  const { entries } = parseProcfile(String.raw`shop: "C:\my node\node.exe" 'a "b" c' x""y ""`);
  expect(entries[0]?.words).toEqual([String.raw`C:\my node\node.exe`, 'a "b" c', 'xy', '']);
});

test('takes assignments before the command as variables, and none after it', () => {
  const { entries } = parseProcfile("shop: A=1 B='x = y' node main.ts C=3");
  expect(entries[0]).toEqual({ name: 'shop', env: { A: '1', B: 'x = y' }, words: ['node', 'main.ts', 'C=3'] });
});

test.each([
  ['shop node main.ts', 'it is not of the form `name: command`'],
  ['shop: node "main.ts', 'a quotation mark is never closed'],
  ['shop:', '`shop` has no command'],
  ['shop: A=1', '`shop` has no command'],
])('says why it cannot read the line %s', (text, why) => {
  expect(parseProcfile(`a: b\n${text}`).mistake).toEqual({ line: 2, text, why });
});

test('says when a name is there twice', () => {
  expect(parseProcfile('shop: a\nshop: b').mistake).toMatchObject({ line: 2, why: '`shop` is there twice' });
});
