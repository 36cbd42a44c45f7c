import type { CheckFinding } from '../check/check.ts';
import type { Incident } from '../check/incident.ts';
import type { Bay } from '../check/run-stage.ts';
import { keepRun } from '../telemetry/keep-run.ts';
import { causeOf, nightDir, storeNight } from '../telemetry/stored-night.ts';
import { judgeSuspects } from './judge-suspects.ts';
import type { Judgement } from './judgement.ts';
import { type Night, toNight } from './night.ts';
import { readIncident } from './read-incident.ts';
import { type NightPlan, runNight } from './run-night.ts';
import { tellTraces } from './tell-traces.ts';

/** Last night on this bench: what its telemetry explains, and what the learner thinks. */
export type ReplayedNight = {
  readonly night: Night;
  readonly board: readonly Judgement[];
  readonly incident: Incident | undefined;
};

/** A replay, or the one reason why there was none. */
export type Replay = ({ readonly ok: true } & ReplayedNight) | { readonly ok: false; readonly finding: CheckFinding };

/** Replays a night on a bench, judges the suspects, and keeps what arrived for whoever wants to look at it. */
export async function replayNight(
  bay: Bay,
  plan: Omit<NightPlan, 'cause'> & {
    readonly stateDir: string;
    /** The number that the night is drawn by; none where it is always last night. */
    readonly seed: number | undefined;
  },
): Promise<Replay> {
  const { dir, stateDir, seed } = plan;
  const cause = seed === undefined ? 'nightly-report' : causeOf(seed);
  const result = await runNight(bay, { ...plan, cause });
  if (!result.ok) {
    await keepRun(stateDir, { source: SOURCE, telemetry: NOTHING, log: result.log });
    return { ok: false, finding: result.finding };
  }
  const { telemetry, log } = result.run;
  const night = toNight(result.run, seed !== undefined);
  await keepRun(stateDir, { source: SOURCE, telemetry, log });
  // A check keeps what it sees as the newest run; whoever looks into the night goes on finding it here.
  await keepRun(nightDir(stateDir), { source: SOURCE, telemetry, log });
  const at = new Date().toISOString();
  await storeNight(stateDir, { cause, dir, at, traces: tellTraces(night.traces, cause) });
  return { ok: true, night, board: judgeSuspects(night), incident: await readIncident(dir) };
}

const SOURCE = 'replay of last night';
const NOTHING = { spans: [], logs: [], metrics: [] };
