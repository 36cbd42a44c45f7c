import { join } from 'node:path';
import { type OpenBay, openBay } from '../check/open-bay.ts';
import type { Bay } from '../check/run-stage.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { Surroundings } from './surroundings.ts';

/** A bay that is opened when it is first needed, and closed with everything in it. */
export type LazyBay = AsyncDisposable & { readonly open: () => Promise<Bay> };

/** Prepares what runs need, with what the user's environment says about the database. */
export function createBay(
  surroundings: Pick<Surroundings, 'root' | 'env' | 'nodePath' | 'signal' | 'note'>,
  onProgress: (what: string) => void = surroundings.note,
): LazyBay {
  const { root, env, nodePath, signal } = surroundings;
  let opened: Promise<OpenBay> | undefined;
  return {
    async open() {
      const baseEnv = allowedEnv(env);
      opened ??= openBay({
        root,
        stateDir: join(root, '.workshop'),
        nodePath,
        baseEnv,
        ...readDatabaseChoice(env),
        onProgress,
        signal,
      });
      // Whoever watches may start their database meanwhile: the next save asks again.
      opened.catch(() => {
        opened = undefined;
      });
      return opened;
    },
    async [Symbol.asyncDispose]() {
      const bay = await opened?.catch(() => undefined);
      await bay?.[Symbol.asyncDispose]();
    },
  };
}

/** What the user's environment says about the database. */
export function readDatabaseChoice(env: Surroundings['env']) {
  const mode = databaseMode(env.WORKSHOP_DB);
  return { ...(mode && { mode }), ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }) };
}

function databaseMode(wanted: string | undefined): 'embedded' | 'testcontainers' | undefined {
  if (wanted === undefined || wanted === 'embedded' || wanted === 'testcontainers') return wanted;
  throw new UsageError(`WORKSHOP_DB is "${wanted}"; it may be "embedded" or "testcontainers", or be left out.`);
}

/** What the app's processes may see of the learner's environment: enough to run, and none of its secrets. */
function allowedEnv(env: Surroundings['env']): Readonly<Record<string, string>> {
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
