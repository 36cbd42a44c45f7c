import { execFile, spawnSync } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePorts } from 'trace-shapes';
import { expect, test } from 'vitest';
import { learnerProject } from '../test/learner-project.ts';

const run = promisify(execFile);
/** As a part of Docker, or by itself, as Debian has it. */
const compose = [['docker', 'compose'] as const, ['docker-compose'] as const].find(hasVersion);

test('Compose brings a Postgres up, says when it is healthy, and a check finds it by the same environment file', async ({
  skip,
}) => {
  if (!compose) return skip('neither `docker compose` nor `docker-compose` is here');
  const [program, ...words] = compose;
  await using project = await learnerProject({ keepsDatabase: false });
  const cwd = project.root;
  const [port] = await findFreePorts(1);
  await copyFile(join(import.meta.dirname, '../../docker-compose.yml'), join(cwd, 'docker-compose.yml'));
  await writeFile(
    join(cwd, '.env'),
    [
      `COMPOSE_PROJECT_NAME=untangle-${process.pid}`,
      `POSTGRES_PORT=${port}`,
      'POSTGRES_PASSWORD=of-this-test',
      `DATABASE_URL=postgres://postgres:of-this-test@127.0.0.1:${port}/postgres`,
    ].join('\n'),
  );
  const ask = async (...args: string[]) => (await run(program, [...words, ...args], { cwd })).stdout.trim();
  await using held = new AsyncDisposableStack();
  held.defer(async () => void (await ask('down', '--volumes')));
  await ask('up', '--detach', 'postgres');
  await waitUntilHealthy(await ask('ps', '--quiet', 'postgres'));

  await project.solve('1');
  const { code, out, err } = await project.run(['check']);
  expect([code, out]).toEqual([0, expect.stringContaining('3 of 3 checks pass')]);
  expect(err).not.toContain('starting Postgres');
});

async function waitUntilHealthy(container: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const { stdout } = await run('docker', ['inspect', '--format', '{{.State.Health.Status}}', container]);
    if (stdout.trim() === 'healthy') return;
    if (performance.now() > deadline) throw new Error(`Postgres was not healthy within 60 s, but ${stdout.trim()}.`);
    await delay(200);
  }
}

function hasVersion([program, ...words]: readonly [string, ...string[]]): boolean {
  return spawnSync(program, [...words, 'version']).status === 0;
}
