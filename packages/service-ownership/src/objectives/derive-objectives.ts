import { boundaryShares } from '../critical-path/boundary-shares.ts';
import { loadEntryTraces } from '../critical-path/load-entry-traces.ts';
import type { Measure, Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';

/**
 * The objectives that rest below one at the edge: for each operation of another service that is on the critical path of
 * the edge's requests with at least 2 %. If all of them hold, so does the edge's.
 * Latency: a call may last as long as its share of the edge's threshold. Availability: the edge's error budget is
 * divided by each service's own share of the time.
 */
export async function deriveObjectives(engine: Engine, edge: Objective): Promise<readonly Objective[]> {
  const shares = boundaryShares(await loadEntryTraces(engine, edge));
  return shares
    .filter(({ service, share, ownShare }) => service !== edge.service && share >= LEAST_SHARE && ownShare > 0)
    .map(({ service, operation, share, ownShare, sharePerCall }) => ({
      ...edge,
      name: `${edge.name} › ${service} ${operation}`,
      displayName: undefined,
      team: undefined,
      service,
      operation,
      measure: measureOf(edge.measure, sharePerCall),
      target: edge.measure.kind === 'availability' ? 1 - (1 - edge.target) * ownShare : edge.target,
      origin: { kind: 'derived', from: edge.name, share },
    }));
}

function measureOf(measure: Measure, sharePerCall: number): Measure {
  if (measure.kind === 'availability') return measure;
  const thresholdMs = measure.thresholdMs * sharePerCall;
  return { kind: 'latency', thresholdMs: Number(thresholdMs.toPrecision(3)) };
}

const LEAST_SHARE = 0.02;
