import type { Keeper } from '../keeper/open-keeper.ts';
import { startContainerPostgres } from './container-postgres.ts';
import { type DatabaseServer, serveDatabases } from './database-server.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { checkGivenPostgres } from './given-postgres.ts';

/** Where the database comes from: with the install, from a URL, or from a container engine. */
export type DatabaseMode = 'embedded' | 'given' | 'testcontainers';

/** What is needed to open a database server. */
export type DatabaseOptions = {
  readonly keeper: Keeper;
  readonly mode?: DatabaseMode;
  /** Used instead of the embedded Postgres when it is given. */
  readonly databaseUrl?: string;
  /** Hears of each step that may take longer than a moment. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
};

/** Opens the Postgres that runs get their databases from. */
export async function openDatabaseServer(options: DatabaseOptions): Promise<DatabaseServer> {
  const { keeper, databaseUrl, signal, onProgress = () => {} } = options;
  signal?.throwIfAborted();
  switch (options.mode ?? (databaseUrl ? 'given' : 'embedded')) {
    case 'embedded':
      return serveDatabases(() => startEmbeddedPostgres(keeper, onProgress));
    case 'given':
      return serveDatabases(() => checkGivenPostgres(databaseUrl ?? ''));
    case 'testcontainers': {
      const { url, stop } = await startContainerPostgres(onProgress);
      return serveDatabases(async () => url, stop);
    }
  }
}
