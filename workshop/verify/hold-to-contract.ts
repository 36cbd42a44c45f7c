import { startReceiver } from 'trace-shapes';
import { startApp } from '../app/start-app.ts';
import type { Bay } from '../check/run-stage.ts';
import { runContract } from '../contract/run-contract.ts';
import type { Breach } from '../contract/shop-promise.ts';
import { shopUrls } from '../scenario/running-shop.ts';

/** Starts all four processes of a copy of the app, with somebody who takes its spans, and lists the promises it breaks. */
export async function holdToContract(bay: Bay, dir: string): Promise<readonly Breach[]> {
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  await using receiver = await startReceiver();
  const start = await startApp({
    ...bay,
    dir,
    processes: ['shop', 'warehouse', 'payments', 'worker'],
    databaseUrl: database.url,
    otlpEndpoint: receiver.endpoint,
  });
  if (!start.ok) return [{ promise: 'it starts', where: dir, expected: 'healthy', actual: start.failure.kind }];
  await using app = start.app;
  return await runContract({ urls: shopUrls(app.urls), databaseUrl: database.url });
}
