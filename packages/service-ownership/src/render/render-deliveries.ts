import type { Delivery } from '../pages/plan-deliveries.ts';
import { indent } from './table.ts';

/** What was sent, and what did not arrive; nothing, if nothing was due. */
export function renderDeliveries(deliveries: readonly Delivery[]): string {
  const lines = deliveries.map(({ alert: { status, labels, fingerprint }, attempts, reason }) => {
    const what = `${status === 'firing' ? 'page' : 'all-clear'} for ${labels.owner ?? 'nobody'} (${fingerprint})`;
    if (reason === undefined) return `✓ delivered: ${what}`;
    return `✗ not delivered: ${what}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}. ${reason}`;
  });
  return lines.length === 0 ? '' : indent(['', ...lines]);
}
