import { join } from 'node:path';
import type { Env } from '../app/app-env.ts';
import { type DatabaseMode, openDatabaseServer } from '../database/open-database-server.ts';
import { openKeeper } from '../keeper/open-keeper.ts';
import { readDatabaseSql } from '../scenario/open-shop.ts';
import type { Bay } from './run-stage.ts';

/** Where the project is, where its state is kept, and what the app may see of the world. */
export type BayOptions = {
  readonly root: string;
  readonly stateDir: string;
  readonly nodePath: string;
  readonly baseEnv: Env;
  readonly mode?: DatabaseMode | undefined;
  readonly databaseUrl?: string | undefined;
  readonly onProgress?: (what: string) => void;
  readonly signal?: AbortSignal;
};

/** A bay that is open; disposing closes everything in it. */
export type OpenBay = Bay & AsyncDisposable;

/** Opens what runs have in common: the keeper, the database server, and the SQL that every run's database is made of. */
export async function openBay(options: BayOptions): Promise<OpenBay> {
  const { root, stateDir, nodePath, baseEnv, mode, databaseUrl, onProgress, signal } = options;
  await using opening = new AsyncDisposableStack();
  const keeper = opening.use(await openKeeper({ stateDir, ...(signal && { signal }) }));
  const server = opening.use(
    await openDatabaseServer({
      keeper,
      ...(mode && { mode }),
      ...(databaseUrl && { databaseUrl }),
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    }),
  );
  const sql = await readDatabaseSql(join(root, 'legacy-app'));
  const cleanUps = new Set<Promise<void>>();
  opening.defer(async () => void (await Promise.all(cleanUps)));
  const opened = opening.move();
  return {
    keeper,
    server,
    sql,
    nodePath,
    baseEnv,
    cleanUpLater(work) {
      // What cannot be cleaned up now is cleaned up by the keeper, or at the next start.
      const cleanUp = work.catch(() => {}).finally(() => cleanUps.delete(cleanUp));
      cleanUps.add(cleanUp);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
