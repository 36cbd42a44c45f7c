import { join } from 'node:path';
import pg from 'pg';
import { openDatabaseServer } from '../database/open-database-server.ts';
import { openKeeper } from '../keeper/open-keeper.ts';
import { UsageError } from '../stages/usage-error.ts';
import { readDatabaseChoice } from './open-bay.ts';
import { readSurroundings } from './read-surroundings.ts';

// Asked by the doctor, in a process of its own: opens the database as every check does, makes one in it, and asks it.
const { root, env, print, note, signal } = readSurroundings();
try {
  await using keeper = await openKeeper({ stateDir: join(root, '.workshop'), signal });
  await using server = await openDatabaseServer({ keeper, ...readDatabaseChoice(env), signal });
  await using database = await server.cloneDatabase({ sql: ['select 1'] });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  print(`Postgres ${rows[0].server_version} answers`);
} catch (error) {
  note(error instanceof UsageError ? error.message : String(error));
  process.exitCode = 1;
}
