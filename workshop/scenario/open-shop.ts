import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppLog } from '../app/app-log.ts';
import { startApp } from '../app/start-app.ts';
import { openDatabaseServer } from '../database/open-database-server.ts';
import { openKeeper } from '../keeper/open-keeper.ts';
import { type RunningShop, shopUrls } from './running-shop.ts';

/** A copy of the app that is running without any telemetry, for those who look at its behaviour. */
export type OpenShop = RunningShop & { readonly log: AppLog; [Symbol.asyncDispose](): Promise<void> };

/** Where the copy is, and where the database is kept between runs. */
export type ShopPlace = { readonly dir: string; readonly stateDir: string; readonly signal?: AbortSignal };

/** Starts all four processes on a freshly seeded database; disposing leaves nothing running. */
export async function openShop({ dir, stateDir, signal }: ShopPlace): Promise<OpenShop> {
  await using opening = new AsyncDisposableStack();
  const keeper = opening.use(await openKeeper({ stateDir, ...(signal && { signal }) }));
  const server = opening.use(await openDatabaseServer({ keeper, ...(signal && { signal }) }));
  const { url: databaseUrl } = opening.use(await server.cloneDatabase({ sql: await readDatabaseSql(dir) }));
  const start = await startApp({
    dir,
    processes: ['shop', 'warehouse', 'payments', 'worker'],
    databaseUrl,
    otlpEndpoint: 'http://127.0.0.1:9',
    baseEnv: {},
    nodePath: process.execPath,
    keeper,
    ...(signal && { signal }),
  });
  if (!start.ok) throw new Error(`The app in ${dir} did not start: ${JSON.stringify(start.failure)}`);
  const app = opening.use(start.app);
  const opened = opening.move();
  return {
    urls: shopUrls(app.urls),
    databaseUrl,
    log: app.log,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The app's schema, then its seed. */
export function readDatabaseSql(dir: string): Promise<readonly string[]> {
  return Promise.all(['schema.sql', 'seed.sql'].map((file) => readFile(join(dir, 'db', file), 'utf8')));
}
