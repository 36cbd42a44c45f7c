import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTrial } from '../check/run-trial.ts';
import { createBay } from './open-bay.ts';

test('every way to start the learner’s code gets an environment without the learner’s secrets', async () => {
  const root = join(import.meta.dirname, '../..');
  const dir = await mkdtemp(join(tmpdir(), 'untangle-bay-'));
  const env = {
    PATH: process.env.PATH,
    Home: '/home/ann',
    GITHUB_TOKEN: 'psst',
    NODE_OPTIONS: '--inspect',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x',
  };
  const surroundings = { root, env, nodePath: process.execPath, signal: new AbortController().signal, note: () => {} };
  {
    // Whatever starts an app or a trial, in every command, takes the environment of the one bay that the command opens.
    await using lazy = createBay(surroundings);
    const bay = await lazy.open();
    expect(bay.baseEnv).toEqual({ PATH: process.env.PATH, Home: '/home/ann' });
    const program = join(dir, 'tells-its-environment.ts');
    await writeFile(program, 'console.log(JSON.stringify(process.env))');
    const told = await runTrial({ ...bay, program, dir, signal: surroundings.signal });
    expect(told).toMatchObject({ ok: true, found: { Home: '/home/ann' } });
    expect(JSON.stringify(told)).not.toMatch(/psst|--inspect|authorization=x/);
  }
  await rm(dir, { recursive: true, force: true });
});
