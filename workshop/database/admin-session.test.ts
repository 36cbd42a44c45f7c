import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKeeper } from '../keeper/open-keeper.ts';
import { openAdminSession } from './admin-session.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

test.skipIf(process.platform === 'win32')(
  'tells of a Postgres that is suspended, and goes on once it is awake',
  async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'untangle-suspended-'));
    {
      await using keeper = await openKeeper({ stateDir });
      await using session = await openAdminSession(() => startEmbeddedPostgres(keeper, () => {}), 2_000);
      const backend = await session.run(async (client) => {
        const { rows } = await client.query('select pg_backend_pid() as pid');
        return Number(rows[0].pid);
      });
      const before = await session.generation();
      process.kill(backend, 'SIGSTOP');
      await expect(session.run((client) => client.query('select'))).rejects.toThrow(
        /^Postgres \(postgres:\/\/postgres:\*+@127\.0\.0\.1:\d+\/postgres\) took a question and did not answer within 2 s\. It is suspended/,
      );
      process.kill(backend, 'SIGCONT');
      expect(await session.run((client) => client.query('select 1 as one').then(({ rows }) => rows))).toEqual([
        { one: 1 },
      ]);
      expect(await session.generation()).toBe(before + 1);
    }
    await rm(stateDir, { recursive: true, force: true, maxRetries: 20 });
  },
);
