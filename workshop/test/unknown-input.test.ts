import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createBay } from '../cli/open-bay.ts';
import { readStageDirs } from '../stages/stage-dirs.ts';
import { learnerProject } from './learner-project.ts';
import { runCommand } from './run-command.ts';
import { startWorkshop } from './workshop-process.ts';

const project = await learnerProject({ keepsDatabase: false });
afterAll(() => project[Symbol.asyncDispose]());
const run = (args: readonly string[], env = {}) => runCommand(project.root, args, { env });
const STAGES = (await readStageDirs(project.root)).map(({ name }) => `\`${name}\``).join(', ');

test.each([
  [
    ['goto', 'frist-span'],
    {},
    `There is no stage "frist-span". Did you mean \`01-first-span\`? The stages are ${STAGES}.`,
  ],
  [['check', '99'], {}, `There is no stage "99". The stages are ${STAGES}.`],
  [['solve', ''], {}, `There is no stage "". The stages are ${STAGES}.`],
  [
    ['start', '--bigg'],
    {},
    "error: unknown option '--bigg'\n(Did you mean --big?)\nWhat it takes: npm run start -- --help",
  ],
  [
    ['check', '1'],
    { WORKSHOP_DB: 'nonsense' },
    'WORKSHOP_DB is "nonsense"; it may be "embedded" or "testcontainers", or be left out.',
  ],
  [
    ['check', '1'],
    { WORKSHOP_DEADLINE: 'soon' },
    'WORKSHOP_DEADLINE is "soon"; it is a number of seconds, such as 30, or is left out for 15.',
  ],
  [
    ['check', '1'],
    { DATABASE_URL: 'localhost' },
    'DATABASE_URL is no URL of a Postgres: it has 9 characters and no `postgres://` in front that could be read. Write it as postgres://user:password@127.0.0.1:5432/name; or unset it, and the Postgres that came with the install is used.',
  ],
])('answers %j %j with what is allowed', async (args, env, message) => {
  await project.goto('0');
  expect(await run(args, env)).toEqual({ code: 2, out: '', err: message });
});

test('names the folder given with --app in which no app is', async () => {
  await project.goto('1');
  expect(await run(['check', '--app', 'nowhere'])).toEqual({
    code: 2,
    out: '',
    err: expect.stringContaining('nowhere'),
  });
});

test('makes a bench where there is none', async () => {
  await rm(project.place.dir, { recursive: true, force: true });
  const { code, err } = await run(['check']);
  expect({ code, err }).toEqual({ code: 1, err: 'There was no bench yet: made `workbench/` at 00-last-night.' });
});

test('says what to write into a mark that names no stage, and leaves a way out', async () => {
  await project.goto('0');
  await project.write('.stage', 'nonsense\n');
  const mended = `The file \`.stage\` in the bench says "nonsense", which is no stage. Write one of these in it: ${STAGES}. Or start a stage afresh: \`npm run goto 1\`. What is there is saved first.`;
  for (const args of [['check'], ['start', '--once'], ['step'], ['next'], ['diff'], ['hint']])
    expect(await run(args)).toEqual({ code: 2, out: '', err: mended });
  expect((await run(['goto', '0'])).code).toBe(0);
  expect((await run(['hint'])).code).toBe(0);
});

test('says what to do when the mark is missing or is a folder', async () => {
  await project.goto('0');
  const mark = join(project.place.dir, '.stage');
  await rm(mark);
  const missing = expect.stringContaining('does not say its stage: the file `.stage` in it is missing');
  expect(await run(['check'])).toEqual({ code: 2, out: '', err: missing });
  await mkdir(mark);
  expect(await run(['check'])).toEqual({ code: 2, out: '', err: missing });
  await rm(mark, { recursive: true });
  expect((await run(['undo'])).code).toBe(0);
});

test('says that nobody answers at DATABASE_URL, and never shows its password', async () => {
  await project.goto('1');
  await using free = await listening();
  const url = `postgres://ada:secret@127.0.0.1:${free.port}/shop`;
  await free[Symbol.asyncDispose]();
  const { code, err } = await run(['check', '1'], { DATABASE_URL: url });
  expect(code).toBe(2);
  expect(err.replaceAll(String(free.port), 'PORT')).toBe(
    'The Postgres at DATABASE_URL (postgres://ada:***@127.0.0.1:PORT/shop) cannot be used: connect ECONNREFUSED 127.0.0.1:PORT. ' +
      'Start it or correct the URL; or unset DATABASE_URL, and the Postgres that came with the install is used.',
  );
});

test('says that whoever answers at DATABASE_URL is no Postgres', async () => {
  await using stranger = await listening((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const { code, err } = await run(['check', '1'], { DATABASE_URL: `postgres://127.0.0.1:${stranger.port}/shop` });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('cannot be used') });
});

test('asks for a database again at the next save', async () => {
  const env = { DATABASE_URL: 'nonsense' };
  const signal = new AbortController().signal;
  await using bay = createBay({ root: project.root, env, nodePath: process.execPath, signal, note: () => {} });
  await expect(bay.open()).rejects.toThrow('DATABASE_URL is no URL of a Postgres');
  await using free = await listening();
  await free[Symbol.asyncDispose]();
  env.DATABASE_URL = `postgres://127.0.0.1:${free.port}/shop`;
  await expect(bay.open()).rejects.toThrow('cannot be used: connect ECONNREFUSED');
});

test('gives a usage error as JSON to whoever asked for JSON', async () => {
  const { code, out } = await run(['check', '99', '--json']);
  expect([code, JSON.parse(out)]).toEqual([
    2,
    expect.objectContaining({ status: 'error', message: expect.stringContaining('no stage "99"') }),
  ]);
});

test('every command tells how it is called', async () => {
  const { out } = await run(['--help']);
  const names = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
  expect(names).toEqual(expect.arrayContaining(['start', 'check', 'undo', 'logs']));
  for (const name of names) {
    const help = await run([name, '--help']);
    expect(help.out, name).toMatch(new RegExp(`^Usage: npm run (-s )?${name}( --)? `));
  }
});

const oldNode = '/usr/bin/node';

test.skipIf(!existsSync(oldNode))('an old Node, or a project that is not installed, says what to do', async () => {
  const { version } = await nodeFacts();
  const isOld = Number(version.split('.')[0]) < 24;
  const bare = await mkdtemp(join(tmpdir(), 'untangle-bare-'));
  try {
    const guard = fileURLToPath(new URL('../guard.js', import.meta.url));
    await mkdir(join(bare, 'workshop'));
    await cp(guard, join(bare, 'workshop', 'guard.js'));
    await writeFile(join(bare, 'package.json'), '{ "type": "module" }');
    const uninstalled = await startWorkshop(bare, ['check']).ended;
    expect(uninstalled).toEqual({
      code: 2,
      out: '',
      err: "The workshop's packages are not installed yet. Run `npm install` in this folder, then the same command again.\n",
    });
    if (!isOld) return;
    const old = await startWorkshop(bare, ['check'], { node: oldNode }).ended;
    expect([old.code, old.err]).toEqual([
      2,
      expect.stringContaining(`This is Node ${version}; the workshop needs 24.11.1 or newer.`),
    ]);
  } finally {
    await rm(bare, { recursive: true });
  }
});

async function nodeFacts(): Promise<{ version: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'untangle-node-'));
  await mkdir(join(dir, 'workshop'));
  await writeFile(join(dir, 'workshop', 'guard.js'), 'console.log(process.versions.node)');
  const { out } = await startWorkshop(dir, [], { node: oldNode }).ended;
  await rm(dir, { recursive: true });
  return { version: out.trim() };
}

async function listening(onSocket: (socket: import('node:net').Socket) => void = () => {}) {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
