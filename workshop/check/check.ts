import type { Evidence, Finding, Picture, SpanShape, Telemetry, Trace } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import type { ProcessStop } from '../app/start-process.ts';
import type { StandardFacts } from '../scenario/standard-scenario.ts';
import type { Tree } from '../stages/tree.ts';
import type { StoredNight } from '../telemetry/stored-night.ts';
import type { FindingCode } from './finding-code.ts';
import type { OwnRun } from './own-run.ts';
import type { TrialResult } from './run-trial.ts';
import type { SecondRun, SecondStart } from './second-start.ts';
import type { WireRequest } from './tap-wire.ts';

/** A mistake that a check found. */
export type CheckFinding = Finding<FindingCode>;

/** What one run of the app left behind to judge. */
export type StageRun = {
  readonly facts: StandardFacts;
  readonly telemetry: Telemetry;
  readonly traces: readonly Trace[];
  /** Every request that the receiver saw, refused ones too. */
  readonly evidence: readonly Evidence[];
  /** Every request that went to payments, as it was on the wire. */
  readonly wire: readonly WireRequest[];
  readonly log: readonly LogLine[];
  readonly stops: readonly ProcessStop[];
  /** What the checks' trials found out, by the path of their program. */
  readonly trials: ReadonlyMap<string, TrialResult>;
  /** What came of the second starts that the checks ask for, by their ids. */
  readonly secondRuns: ReadonlyMap<string, SecondRun>;
  /** What the checks' own runs have seen, by their ids. */
  readonly ownRuns: ReadonlyMap<string, unknown>;
  /** Of the learner's files, as they were run. */
  readonly bench: Tree;
  /** The same again with spans sent at once, when the first run had none to show; it tells lost spans from none. */
  readonly control: StageRun | undefined;
};

/** How a check came out. */
export type CheckOutcome = {
  readonly findings: readonly CheckFinding[];
  /** What was expected and what came, if the check looks at spans. */
  readonly picture: Picture | undefined;
  /** The paths of the spans that were looked at, so that the next run can tell new ones. */
  readonly paths: readonly string[];
  /** What is worth saying of it when it passes. */
  readonly remark?: string;
};

/** What a check may ask of whoever runs it. */
export type CheckAids = {
  readonly locate: (place: Place) => string | undefined;
  /** A path of the bench, as whoever checks it would type it. */
  readonly show: (path: string) => string;
  readonly known: ReadonlySet<string> | undefined;
};

/** What a location is wanted for. */
export type Place = {
  readonly node: Trace['nodes'][number] | undefined;
  readonly shape: SpanShape | undefined;
};

/** One thing that a stage asks for. A check holds for all later stages until one of them retires it. */
export type Check = {
  readonly id: string;
  /** What is true when it passes: `one span a checkout`. */
  readonly title: string;
  readonly judge: (run: StageRun, aids: CheckAids) => CheckOutcome;
  /** A program that tries out code of the bench by itself, while the app runs: its result is in `StageRun.trials`. */
  readonly trial?: string | undefined;
  /** How far away the database must be in the run, in milliseconds for a question and its answer; not at all if left out. */
  readonly roundTripMs?: number | undefined;
  /** A second start of the app, after the first: its run is in `StageRun.secondRuns`. */
  readonly secondStart?: SecondStart | undefined;
  /** A run of its own, which it looks at instead of the shop's: what that has seen is in `StageRun.ownRuns`. */
  readonly ownRun?: OwnRun | undefined;
  /** A part of the scenario that is driven only where a check asks for it, as it takes its time. */
  readonly drives?: ScenarioPart | undefined;
};

/** `jobs`: restocks that the worker does, fails at, and finds when it is started again. */
export type ScenarioPart = 'jobs';

/** A check that asks questions of all of a run's spans as a set, by a database of spans. */
export type SetCheck = {
  readonly id: string;
  readonly title: string;
  readonly judgeSet: (run: StageRun, aids: CheckAids) => Promise<CheckOutcome>;
};

/** A check of the learner's answer to a replayed night, where there is somebody who replays nights: a bench. */
export type NightCheck = {
  readonly id: string;
  readonly title: string;
  /** `benchName` is how the learner calls the folder. */
  readonly judgeNight: (bench: Tree, night: StoredNight | undefined, benchName: string) => CheckOutcome;
};

/** Everything that a stage may ask for. */
export type AnyCheck = Check | SetCheck | BenchCheck | NightCheck;

/** A check of files alone: the app need not run. */
export type BenchCheck = {
  readonly id: string;
  readonly title: string;
  /** `benchName` is how the learner calls the folder. */
  readonly judgeBench: (bench: Tree, benchName: string) => CheckOutcome;
};
