import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cause } from './cause.ts';
import { deliverToTheCellar } from './delivery.ts';
import { waitUntilDone } from './worker-job.ts';

/** The card gateway itself takes its time for once: 5 s from the first charge on. A delivery is booked meanwhile. */
export const payments: Cause = {
  name: 'payments',
  locks: false,
  begin: deliverToTheCellar,
  end: (desk) => waitUntilDone(desk, 'delivery'),
};

/** What payments has to be started with for that: the gateway is simulated, and so is its bad day. */
export const slowGatewayEnv = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'slow-gateway.js')).href}`,
};
