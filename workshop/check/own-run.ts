import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import type { StageRun } from './check.ts';
import type { Bay, RunFailure } from './run-stage.ts';

/** A run that a check makes all by itself, of other processes than the shop's: they are started, driven and stopped there. */
export type OwnRun = {
  /** Tells it from others; checks that name the same one share it. */
  readonly id: string;
  readonly run: (bay: Bay, place: OwnRunPlace) => Promise<OwnRunResult>;
};

/** The copy of the app, and who hears of what it does. */
export type OwnRunPlace = {
  readonly dir: string;
  readonly dirName: string;
  readonly bench: StageRun['bench'];
  readonly deadlineMs?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((what: string) => void) | undefined;
};

/** What came of it, or the one reason why nothing did. */
export type OwnRunResult =
  | { readonly ok: true; readonly seen: unknown; readonly telemetry: Telemetry; readonly log: readonly LogLine[] }
  | RunFailure;

/** A run in which nobody visits the shop: for checks that all look at a run of their own. */
export function runWithoutShop(bench: StageRun['bench']): StageRun {
  return {
    facts: { checkouts: [], jobs: [], broken: [] },
    telemetry: { spans: [], logs: [], metrics: [] },
    traces: [],
    evidence: [],
    wire: [],
    log: [],
    stops: [],
    trials: new Map(),
    secondRuns: new Map(),
    ownRuns: new Map(),
    bench,
    control: undefined,
  };
}
