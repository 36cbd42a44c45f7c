import type { Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';
import { type BurnWindow, burnWindows } from './burn-windows.ts';
import { countRequests, type RequestCount } from './count-requests.ts';
import type { Burn, ErrorBudget, ObjectiveStatus } from './objective-status.ts';

/** The time at which objectives are judged. */
export interface ObjectiveClock {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** How many times faster than real time: at 1440 a minute counts as a day. Default 1. */
  readonly speed?: number;
}

/** Attainment, error budget and burn rates of objectives, in their order, declared and derived by the same measure. */
export async function judgeObjectives(
  engine: Engine,
  objectives: readonly Objective[],
  { nowMs, speed = 1 }: ObjectiveClock,
): Promise<readonly ObjectiveStatus[]> {
  const asked = objectives.map((objective) => {
    const windows = burnWindows(objective.windowMs / speed);
    const windowsMs = [objective.windowMs / speed, ...windows.flatMap(({ longMs, shortMs }) => [longMs, shortMs])];
    return { objective, windows, windowsMs };
  });
  const counts = await countRequests(engine, asked, nowMs);
  return asked.map(({ objective, windows }, i) => judge(objective, windows, counts[i] ?? []));
}

function judge(
  objective: Objective,
  windows: readonly BurnWindow[],
  [requests = NONE, ...counts]: readonly RequestCount[],
): ObjectiveStatus {
  const burns = windows.map((window, i) => burnOf(window, objective, counts[2 * i] ?? NONE, counts[2 * i + 1] ?? NONE));
  const budget = budgetOf(objective, requests);
  const firing = burns.find(({ isFiring }) => isFiring);
  return {
    objective,
    requests,
    attainment: requests.total === 0 ? undefined : 1 - requests.bad / requests.total,
    budget,
    burns,
    firing,
    state: stateOf(requests, budget, firing),
  };
}

function burnOf(window: BurnWindow, { target }: Objective, inLong: RequestCount, inShort: RequestCount): Burn {
  const rate = ({ total, bad }: RequestCount): number => (total === 0 ? 0 : bad / total / (1 - target));
  const long = rate(inLong);
  const short = rate(inShort);
  return { ...window, long, short, isFiring: long > window.factor && short > window.factor };
}

function budgetOf({ target }: Objective, { total, bad }: RequestCount): ErrorBudget {
  const allowed = total * (1 - target);
  return { allowed, spent: bad, leftShare: allowed === 0 ? 1 : 1 - bad / allowed };
}

function stateOf({ total }: RequestCount, { leftShare }: ErrorBudget, firing: Burn | undefined) {
  if (total === 0) return 'no-data';
  if (firing) return 'burning';
  return leftShare < 0 ? 'broken' : 'kept';
}

const NONE: RequestCount = { total: 0, bad: 0 };
