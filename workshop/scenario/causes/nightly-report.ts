import { sendRequest } from '../send-request.ts';
import type { Cause } from './cause.ts';
import { rowIsHeld, waitUntilDone, waitUntilUnderWay } from './worker-job.ts';

/** The nightly report holds each row of stock from when it has counted it until it has counted all: about 8 s. */
export const nightlyReport: Cause = {
  name: 'nightly-report',
  locks: true,
  async begin(desk) {
    await sendRequest('POST', `${desk.shopUrl}/admin/nightly-report`, undefined, desk.signal);
    await waitUntilUnderWay(desk, 'nightly-report', rowIsHeld('A-MERINO-DROP'));
  },
  end: (desk) => waitUntilDone(desk, 'nightly-report'),
};
