import type { CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';

/** The promises of the shop that the copy broke when it was started a second time and held to them. */
export function judgeContract({ breaches }: StageRun): readonly CheckFinding[] {
  return breaches.slice(0, MOST).map(({ promise, where, expected, actual }) =>
    findingOf({
      code: 'behaviour-changed',
      message: `The shop no longer keeps a promise, "${promise}". ${where}: ${shown(actual)}, and not ${shown(expected)}.`,
      hint: 'Whatever is moved, the shop does what it did before. No span shows this, the rows and the answers do: `npm run diff` shows what you changed.',
      expected: shown(expected),
      actual: shown(actual),
    }),
  );
}

function shown(value: unknown): string {
  const text = value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const MOST = 3;
const LONGEST = 120;
