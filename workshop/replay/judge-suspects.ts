import { SUSPECTS } from '../check/incident.ts';
import type { Judge, Judgement, Suspect } from './judgement.ts';
import type { Night } from './night.ts';
import { judgeDatabase } from './suspects/database.ts';
import { judgeDeploy } from './suspects/deploy.ts';
import { judgeMerinoDrop } from './suspects/merino-drop.ts';
import { judgeNightlyReport } from './suspects/nightly-report.ts';
import { judgePayments } from './suspects/payments.ts';
import { judgeWarehouse } from './suspects/warehouse.ts';

/** Judges the six suspects by what a night's telemetry says: who is cleared, who is charged, whom nothing speaks of. */
export function judgeSuspects(night: Night): readonly Judgement[] {
  const judged = new Map<Suspect, Judgement>();
  for (const [suspect, judge] of JUDGES) judged.set(suspect, { suspect, ...judge(night, judged) });
  return SUSPECTS.flatMap((suspect) => judged.get(suspect) ?? []);
}

/** Those whose guilt is another one's alibi come first. */
const JUDGES: readonly (readonly [Suspect, Judge])[] = [
  ['nightly-report', judgeNightlyReport],
  ['payments', judgePayments],
  ['warehouse', judgeWarehouse],
  ['database', judgeDatabase],
  ['deploy', judgeDeploy],
  ['merino-drop', judgeMerinoDrop],
];
