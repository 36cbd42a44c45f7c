import type { Cause } from './cause.ts';
import { queueJob, waitUntilDone, waitUntilUnderWay } from './worker-job.ts';

/** The export lets nobody write to payments' table while it adds up, so that each charge waits: about 5 s. */
export const customerExport: Cause = {
  name: 'customer-export',
  locks: true,
  async begin(desk) {
    await queueJob(desk, 'customer-export', {});
    await waitUntilUnderWay(desk, 'customer-export', tableIsHeld);
  },
  end: (desk) => waitUntilDone(desk, 'customer-export'),
};

const tableIsHeld = `select 'held' as state from pg_locks
  where relation = 'charges'::regclass and database = (select oid from pg_database where datname = current_database())
    and mode = 'ShareLock' and granted`;
