import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseLines, readEnv } from '../doctor/read-env.js';
import { readEnvFile } from './read-env-file.ts';

const project = join(import.meta.dirname, '../..');

test('reads what `.env` sets, and nothing where there is none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'untangle-env-'));
  expect(readEnvFile(root)).toEqual({});
  await writeFile(join(root, '.env'), '# a comment\r\nDATABASE_URL=postgres://a:b@127.0.0.1/c\r\n');
  expect(readEnvFile(root)).toEqual({ DATABASE_URL: 'postgres://a:b@127.0.0.1/c' });
  await rm(root, { recursive: true });
});

test('the doctor reads the same out of it as every command, also on a Node that cannot', async () => {
  const root = await mkdtemp(join(tmpdir(), 'untangle-env-'));
  const text = `# a comment\r\nA=1\r\n  B = two words  # said\nexport C='a # b'\nD="e\u00e9" # f\nE=\nF=postgres://a:b%40@h/c?d=e\n# G=1\n`;
  await writeFile(join(root, '.env'), text);
  expect(readEnv(root, {})).toEqual(readEnvFile(root));
  expect(parseLines(text)).toEqual(readEnvFile(root));
  expect(readEnv(root, { A: 'the shell comes first' })).toMatchObject({ A: 'the shell comes first', E: '' });
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
