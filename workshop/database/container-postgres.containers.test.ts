import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openKeeper } from '../keeper/open-keeper.ts';
import { openDatabaseServer } from './open-database-server.ts';

test('serves databases from a container', async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'untangle-container-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(stateDir, { recursive: true, force: true, maxRetries: 20 }) };
  await using keeper = await openKeeper({ stateDir });
  await using server = await openDatabaseServer({ keeper, mode: 'testcontainers' });
  await using run = await server.cloneDatabase({ sql: ['create table yarns (name text)'] });
  const client = new pg.Client({ connectionString: run.url });
  await client.connect();
  expect((await client.query('select count(*)::int as count from yarns')).rows).toEqual([{ count: 0 }]);
  await client.end();
});
