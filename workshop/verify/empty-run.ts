import type { StageRun } from '../check/check.ts';
import type { CheckoutKind } from '../scenario/standard-scenario.ts';

/** A run in which the shop did all that it should, and not one span came. */
export const emptyRun: StageRun = {
  facts: { checkouts: kinds().map(toCheckout), jobs: [], broken: [] },
  telemetry: { spans: [], logs: [], metrics: [] },
  traces: [],
  evidence: [],
  wire: [],
  log: [],
  trials: new Map(),
  secondRuns: new Map(),
  ownRuns: new Map(),
  stops: [],
  bench: new Map(),
  control: undefined,
};

function kinds(): readonly CheckoutKind[] {
  return [...Array<CheckoutKind>(11).fill('approved'), 'retried', 'declined', 'broken', 'invalid'];
}

function toCheckout(kind: CheckoutKind): StageRun['facts']['checkouts'][number] {
  return { kind, email: '', items: 1, answer: { status: 0, body: undefined }, durationMs: 0, orderId: undefined };
}
