import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnvFile } from './read-env-file.ts';

const project = join(import.meta.dirname, '../..');

test('reads what `.env` sets, and nothing where there is none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'untangle-env-'));
  expect(readEnvFile(root)).toEqual({});
  await writeFile(join(root, '.env'), '# a comment\r\nDATABASE_URL=postgres://a:b@127.0.0.1/c\r\n');
  expect(readEnvFile(root)).toEqual({ DATABASE_URL: 'postgres://a:b@127.0.0.1/c' });
  await rm(root, { recursive: true });
});

test('the example names every setting of docker-compose.yml, with its default, and Compose listens on loopback only', () => {
  const example = readFileSync(join(project, '.env.example'), 'utf8');
  const compose = readFileSync(join(project, 'docker-compose.yml'), 'utf8');
  const settings = [...compose.matchAll(/\$\{(\w+):-([^}]+)\}/g)].map(([, name, value]) => `${name}=${value}`);
  expect(settings).toHaveLength(4);
  for (const setting of settings) expect(example.split('\n')).toContain(setting);
  const services = Object.values(parse(compose).services) as { ports: string[]; healthcheck?: object }[];
  for (const { ports, healthcheck } of services) {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(healthcheck).toBeDefined();
  }
});
