import type { Bay } from '../check/run-stage.ts';
import { countTraces } from './count-orders.ts';
import type { SamplingLine } from './ledger.ts';
import { measureState, type StatePlan } from './measure-state.ts';

/** Measures one copy of the app that samples: what is exported of its orders at each ratio, and how many have a trace. */
export async function measureSampling(
  bay: Bay,
  copy: Pick<StatePlan, 'dir' | 'signals' | 'orders' | 'signal'>,
  onRatio: (ratio: number) => void,
): Promise<readonly SamplingLine[]> {
  const lines: SamplingLine[] = [];
  for (const ratio of RATIOS) {
    onRatio(ratio);
    const { spans, bytes } = await measureState(bay, { ...copy, visits: 0, ratio });
    const { orders } = copy;
    const kept = countTraces(spans);
    lines.push({ ratio, orders, kept, spansPerOrder: spans.length / orders, bytesPerOrder: bytes / orders });
  }
  return lines;
}

const RATIOS = [1, 0.1];
