import type { Cause, NightDesk } from './cause.ts';
import { queueJob, rowIsHeld, waitUntilDone, waitUntilUnderWay } from './worker-job.ts';

/** A delivery books Merino first, and holds its row until the scanner has read the last line: about 7 s. */
export const delivery: Cause = {
  name: 'delivery',
  locks: true,
  begin: (desk) => deliver(desk, ['A-MERINO-DROP', ...CELLAR.slice(1)]),
  end: (desk) => waitUntilDone(desk, 'delivery'),
};

/** A delivery for the cellar alone, just as long, for which no customer has to wait. */
export async function deliverToTheCellar(desk: NightDesk): Promise<void> {
  await deliver(desk, CELLAR);
}

async function deliver(desk: NightDesk, skus: readonly string[]): Promise<void> {
  const lines = skus.map((sku) => ({ sku, lot: 'L1', quantity: 10 }));
  await queueJob(desk, 'delivery', { lines });
  await waitUntilUnderWay(desk, 'delivery', rowIsHeld(skus[0] ?? ''));
}

const CELLAR = Array.from({ length: 65 }, (_, i) => `Z-CELLAR-${String(i + 1).padStart(3, '0')}`);
