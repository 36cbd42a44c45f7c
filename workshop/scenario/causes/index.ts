import type { Cause, CauseName } from './cause.ts';
import { checkout } from './checkout.ts';
import { customerExport } from './customer-export.ts';
import { delivery } from './delivery.ts';
import { nightlyReport } from './nightly-report.ts';
import { payments } from './payments.ts';

/** Everything that can be behind such a night. The first is what it was last night. */
export const CAUSES: readonly Cause[] = [nightlyReport, delivery, customerExport, payments, checkout];

/** Finds a cause by its name. */
export function causeNamed(name: CauseName): Cause {
  const cause = CAUSES.find((one) => one.name === name);
  if (!cause) throw new Error(`No cause is called ${name}.`);
  return cause;
}
