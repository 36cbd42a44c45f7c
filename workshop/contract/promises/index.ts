import type { ShopPromise } from '../shop-promise.ts';
import { ordersAreCancelled, sentOrdersAreNotCancelled } from './cancel-orders.ts';
import { basketsAreFilled, basketsRefuse } from './fill-baskets.ts';
import { moneyIsHandled } from './handle-money.ts';
import { yarnIsListed } from './list-yarn.ts';
import { ordersArePlaced } from './place-orders.ts';
import { discountsAndShippingAreRight } from './price-orders.ts';
import { basketsAreOrderedOnce, ordersAreRefused, soldOutYarnIsNotSold } from './refuse-orders.ts';
import { nightlyReportIsQueued, reportAddsUp, reportKnowsOldOrders } from './report-sales.ts';
import { stockIsReserved } from './reserve-stock.ts';
import { yarnIsRestocked, yarnThatIsUnknownIsNotRestocked } from './restock-yarn.ts';
import { lastSkeinsAreSoldOnce } from './share-stock.ts';
import { cardsAreDeclined, gatewaysMayBeBusy } from './take-cards.ts';

/** On a database that nobody has touched yet, one after the other. */
export const atFirst: readonly ShopPromise[] = [yarnIsListed, reportKnowsOldOrders];

/** At the same time: each has customers, yarns and baskets of its own. */
export const together: readonly ShopPromise[] = [
  basketsAreFilled,
  basketsRefuse,
  ordersArePlaced,
  discountsAndShippingAreRight,
  ordersAreRefused,
  basketsAreOrderedOnce,
  soldOutYarnIsNotSold,
  cardsAreDeclined,
  gatewaysMayBeBusy,
  ordersAreCancelled,
  sentOrdersAreNotCancelled,
  yarnIsRestocked,
  yarnThatIsUnknownIsNotRestocked,
  stockIsReserved,
  lastSkeinsAreSoldOnce,
  moneyIsHandled,
];

/** When all of that is done; the nightly report is the last, since it keeps the stock locked. */
export const afterAll: readonly ShopPromise[] = [reportAddsUp, nightlyReportIsQueued];
