import pg from 'pg';
import { UsageError } from '../stages/usage-error.ts';
import { withoutPassword } from './database-url.ts';

/** Makes sure that a Postgres which somebody else runs can be used: it answers, is new enough, and lets us make databases. */
export async function checkGivenPostgres(databaseUrl: string): Promise<string> {
  if (!/^postgres(ql)?:$/.test(URL.parse(databaseUrl)?.protocol ?? '')) throw notAUrl(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Facts>(factsSql);
    const problem = rows[0] && explainUnfit(rows[0]);
    if (problem) throw new UsageError(`The Postgres at DATABASE_URL (${withoutPassword(databaseUrl)}) ${problem}`);
    return databaseUrl;
  } catch (cause) {
    if (cause instanceof UsageError || !isUnreachable(cause)) throw cause;
    throw new UsageError(
      `The Postgres at DATABASE_URL (${withoutPassword(databaseUrl)}) cannot be used: ${(cause as Error).message || 'it refuses connections'}. ` +
        'Start it or correct the URL; or unset DATABASE_URL, and the Postgres that came with the install is used.',
      { cause },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

function notAUrl(text: string): UsageError {
  // Whoever left something out may still have written the password.
  return new UsageError(
    `DATABASE_URL is no URL of a Postgres: it has ${text.length} characters and no \`postgres://\` in front that could be read. ` +
      'Write it as postgres://user:password@127.0.0.1:5432/name; or unset it, and the Postgres that came with the install is used.',
  );
}

type Facts = {
  readonly role: string;
  readonly mayCreate: boolean;
  readonly version: number;
  readonly versionText: string;
};

function explainUnfit({ role, mayCreate, version, versionText }: Facts): string | undefined {
  if (version < 130_000) return `is version ${versionText}, and 13 or newer is needed.`;
  if (!mayCreate)
    return `does not let \`${role}\` make databases, and every run needs one. As its superuser: alter role "${role}" createdb;`;
  return undefined;
}

function isUnreachable(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError ||
    error instanceof AggregateError ||
    (error as { code?: string }).code !== undefined ||
    /timeout|terminated/i.test((error as Error).message)
  );
}

const factsSql = `
  select rolname as role, rolcreatedb or rolsuper as "mayCreate",
    current_setting('server_version_num')::int as version, current_setting('server_version') as "versionText"
  from pg_roles where rolname = current_user`;
