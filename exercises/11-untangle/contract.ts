import type { CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { type SecondStart, secondRunOf } from '../../workshop/check/second-start.ts';
import { runContract } from '../../workshop/contract/run-contract.ts';
import type { Breach } from '../../workshop/contract/shop-promise.ts';
import { shopUrls } from '../../workshop/scenario/running-shop.ts';

/** The copy, started once more and held to everything that the shop promises, whatever its code looks like and traces. */
export const contract: SecondStart = {
  id: 'contract',
  last: true,
  env: { OTEL_SDK_DISABLED: 'true' },
  deadlineMs: 60_000,
  drive: ({ app, databaseUrl, signal }) => runContract({ urls: shopUrls(app.urls), databaseUrl }, signal),
};

/** The promises that the copy broke. */
export function judgeContract(run: StageRun): readonly CheckFinding[] {
  const breaches = (secondRunOf(run, contract)?.seen ?? []) as readonly Breach[];
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
