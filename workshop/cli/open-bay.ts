import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bay } from '../check/run-stage.ts';
import { openDatabaseServer } from '../database/open-database-server.ts';
import { openKeeper } from '../keeper/open-keeper.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { Surroundings } from './surroundings.ts';

/** A bay that is opened when it is first needed, and closed with everything in it. */
export type LazyBay = { readonly open: () => Promise<Bay>; readonly [Symbol.asyncDispose]: () => Promise<void> };

/** Prepares what runs need: the keeper, the database, and what of our environment the app may see. */
export function createBay(surroundings: Surroundings, onProgress: (what: string) => void = surroundings.note): LazyBay {
  const held = new AsyncDisposableStack();
  let opened: Promise<Bay> | undefined;
  return {
    open() {
      opened ??= openBay(surroundings, held, onProgress);
      return opened;
    },
    async [Symbol.asyncDispose]() {
      await opened?.catch(() => {});
      await held.disposeAsync();
    },
  };
}

async function openBay(
  { root, env, nodePath, signal }: Surroundings,
  held: AsyncDisposableStack,
  onProgress: (what: string) => void,
): Promise<Bay> {
  const keeper = held.use(await openKeeper({ stateDir: join(root, '.workshop'), signal }));
  const { WORKSHOP_DB: mode, DATABASE_URL: databaseUrl } = env;
  if (mode !== undefined && mode !== 'testcontainers' && mode !== 'embedded') {
    throw new UsageError(`WORKSHOP_DB is "${mode}"; it may be "embedded" or "testcontainers", or be left out.`);
  }
  const server = held.use(
    await openDatabaseServer({
      keeper,
      onProgress,
      signal,
      ...(mode && { mode }),
      ...(databaseUrl && { databaseUrl }),
    }),
  );
  const sql = await Promise.all(
    ['schema.sql', 'seed.sql'].map((name) => readFile(join(root, 'legacy-app/db', name), 'utf8')),
  );
  return { keeper, server, sql, nodePath, baseEnv: allowedEnv(env) };
}

/** What the app's processes may see of the learner's environment: enough to run, and none of its secrets. */
export function allowedEnv(env: Surroundings['env']): Readonly<Record<string, string>> {
  const allowed = Object.entries(env).filter(([name]) => ALLOWED.has(name.toUpperCase()));
  return Object.fromEntries(allowed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const ALLOWED = new Set([
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
]);
