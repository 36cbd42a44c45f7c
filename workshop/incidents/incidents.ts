import { checkout } from '../scenario/causes/checkout.ts';
import { customerExport } from '../scenario/causes/customer-export.ts';
import { delivery } from '../scenario/causes/delivery.ts';
import { nightlyReport } from '../scenario/causes/nightly-report.ts';
import { payments, slowGatewayEnv } from '../scenario/causes/payments.ts';
import { labelPrinter, leak, priceList, recount } from './deploys.ts';
import type { Incident } from './incident.ts';

/** Nine nights of the shop, last night first. */
export const INCIDENTS: readonly Incident[] = [
  {
    name: '1-last-night',
    title: 'Last night: the nightly report counts and holds all stock',
    service: 'worker',
    cause: nightlyReport,
    isDrop: true,
  },
  {
    name: '2-delivery',
    title: 'A delivery is booked, and the scanner is slow',
    service: 'worker',
    cause: delivery,
    isDrop: true,
  },
  {
    name: '3-customer-export',
    title: 'The export for the newsletter locks the charges',
    service: 'worker',
    cause: customerExport,
  },
  {
    name: '4-card-gateway',
    title: 'The card gateway has a bad day',
    service: 'payments',
    cause: payments,
    env: slowGatewayEnv,
    // It is slow for five seconds from the first charge of a process on.
    restarts: 'payments',
  },
  {
    name: '5-leak',
    title: 'The checkout gives no connection back when an order fails',
    service: 'shop',
    cause: checkout,
    deploy: leak,
  },
  {
    name: '6-label-printer',
    title: 'A new version of the warehouse waits for its label printer',
    service: 'warehouse',
    deploy: labelPrinter,
  },
  {
    name: '7-report-by-hand',
    title: 'Somebody starts the report by hand, since last time it was late',
    service: 'worker',
    cause: nightlyReport,
    isDrop: true,
  },
  {
    name: '8-recount',
    title: 'A new version of the warehouse counts once more, on a quiet night',
    service: 'warehouse',
    deploy: recount,
    everyMs: 700,
  },
  {
    name: '9-price-list',
    title: 'A new version of the shop does not know every price',
    service: 'shop',
    deploy: priceList,
  },
];
