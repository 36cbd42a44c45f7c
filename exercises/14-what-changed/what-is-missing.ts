import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import type { ChainSeen } from './chain-seen.ts';
import { judgeAnswers, judgeTraces } from './judge-chain.ts';
import { judgeIncident } from './judge-incident.ts';
import { judgeTelling } from './judge-telling.ts';

/** What must be mended before anything is hidden: quiet visits show it. */
export function whatIsMissing(seen: ChainSeen, bench: StageRun['bench'], aids = NO_AIDS): readonly CheckFinding[] {
  return [
    ...judgeAnswers(seen),
    ...judgeTraces(seen, aids),
    ...judgeTelling(seen, aids),
    ...judgeIncident(seen, bench, aids),
  ];
}

const NO_AIDS: CheckAids = { locate: () => undefined, show: (path) => path, known: undefined };
