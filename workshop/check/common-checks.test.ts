import { expect, test } from 'vitest';
import { emptyRun } from '../verify/empty-run.ts';
import { sameBehaviour } from './common-checks.ts';

test.each([
  { writer: 'the shop', error: '02:00:00.100 ERROR shop current transaction is aborted' },
  { writer: 'pino', error: '{"level":50,"service":"shop","msg":"current transaction is aborted"}' },
])('a broken promise is told with the first error that nobody provoked, written by $writer', ({ error }) => {
  const facts = { ...emptyRun.facts, broken: ['POST /orders answered 500'] };
  expect(sameBehaviour.judge({ ...emptyRun, facts, log: [PROVOKED, error].map(line) }, aids).findings).toMatchObject([
    {
      message: 'POST /orders answered 500.',
      hint: 'The log says: "shop current transaction is aborted". `npm run logs -- --grep ERROR` shows more of it, `npm run diff` what you changed.',
    },
  ]);
});

function line(text: string) {
  return { process: 'shop', stream: 'stdout', line: text, atMs: 0 } as const;
}

const aids = { locate: () => undefined, show: (path: string) => path, known: undefined };
const PROVOKED = '02:00:00.000 ERROR shop invalid byte sequence for encoding "UTF8": 0x00';
