import type { CheckFinding } from '../check/check.ts';
import type { Incident } from '../check/incident.ts';
import type { Bay } from '../check/run-stage.ts';
import { keepRun } from '../telemetry/keep-run.ts';
import { judgeSuspects } from './judge-suspects.ts';
import type { Judgement } from './judgement.ts';
import { type Night, toNight } from './night.ts';
import { readIncident } from './read-incident.ts';
import { type NightPlan, runNight } from './run-night.ts';

/** Last night on this bench: what its telemetry explains, and what the learner thinks. */
export type ReplayedNight = {
  readonly night: Night;
  readonly board: readonly Judgement[];
  readonly incident: Incident | undefined;
};

/** A replay, or the one reason why there was none. */
export type Replay = ({ readonly ok: true } & ReplayedNight) | { readonly ok: false; readonly finding: CheckFinding };

/** Replays last night on a bench, judges the suspects, and keeps what arrived for whoever wants to look at it. */
export async function replayNight(bay: Bay, plan: NightPlan & { readonly stateDir: string }): Promise<Replay> {
  const { dir, stateDir } = plan;
  const result = await runNight(bay, plan);
  if (!result.ok) {
    await keepRun(stateDir, { source: 'replay of last night', telemetry: NOTHING, log: result.log });
    return { ok: false, finding: result.finding };
  }
  const { telemetry, log } = result.run;
  await keepRun(stateDir, { source: 'replay of last night', telemetry, log });
  const night = toNight(result.run);
  return { ok: true, night, board: judgeSuspects(night), incident: await readIncident(dir) };
}

const NOTHING = { spans: [], logs: [], metrics: [] };
