import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { openKeeper } from '../keeper/open-keeper.ts';
import { identifyProcess, isSameProcess } from '../keeper/process-identity.ts';
import type { AppFailure } from './app-failure.ts';
import { createAppLog } from './app-log.ts';
import { AppCrashed, type RunningApp } from './running-app.ts';
import { type AppOptions, startApp } from './start-app.ts';

const stateDir = await mkdtemp(join(tmpdir(), 'untangle-app-'));
const keeper = await openKeeper({ stateDir });
afterAll(async () => {
  await keeper[Symbol.asyncDispose]();
  await rm(stateDir, { recursive: true, force: true, maxRetries: 20 });
});

test('starts every process on a port of its own and tells each where the others are', async () => {
  await using app = await running(['healthy', 'spawns-a-grandchild']);
  const env = await envSeenBy(app, 'healthy');

  expect(env).toMatchObject({
    SPAWNS_A_GRANDCHILD_URL: app.urls['spawns-a-grandchild'],
    NEVER_LISTENS_URL: app.urls['never-listens'],
    DATABASE_URL: 'postgres://nowhere',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_METRICS_EXPORTER: 'none',
  });
  expect(env.OTEL_SERVICE_NAME).toBeUndefined();
  await expect(fetch(`${app.urls['never-listens']}/`)).rejects.toThrow();
});

test('lets the app see no more of our environment than it is given', async () => {
  vi.stubEnv('SECRET_OF_THE_HOUSE', 'hush');
  await using app = await running(['healthy'], { baseEnv: { GIVEN: 'yes' } });
  const env = await envSeenBy(app, 'healthy');

  expect(env.SECRET_OF_THE_HOUSE).toBeUndefined();
  expect(env.GIVEN).toBe('yes');
});

test('lets the Procfile set variables and the caller overrule them', async () => {
  await using app = await running(['sets-its-own-name'], { env: { OTEL_METRICS_EXPORTER: 'otlp' } });
  const env = await envSeenBy(app, 'sets-its-own-name');

  expect(env).toMatchObject({ OTEL_SERVICE_NAME: 'the shop', OTEL_METRICS_EXPORTER: 'otlp' });
});

test('says which entries a Procfile has when one is asked for that it lacks', async () => {
  await using dir = await appOf({ Procfile: 'shop: node shop.ts\nworker: node worker.ts\n' });
  expect(await failureOf(['warehouse'], { dir: dir.path })).toEqual({
    kind: 'unknown-process',
    process: 'warehouse',
    known: ['shop', 'worker'],
  });
});

test('says where a Procfile cannot be read, and that there is none', async () => {
  await using unreadable = await appOf({ Procfile: 'shop: node shop.ts\nworker node worker.ts\n' });
  await using empty = await appOf({});
  expect(await failureOf(['shop'], { dir: unreadable.path })).toMatchObject({
    kind: 'bad-procfile',
    line: 2,
    text: 'worker node worker.ts',
  });
  expect(await failureOf(['shop'], { dir: empty.path })).toEqual({
    kind: 'no-procfile',
    file: join(empty.path, 'Procfile'),
  });
});

test('reports a process that exits before it listens, with its code and last words', async () => {
  expect(await failureOf(['exits-at-once'])).toEqual({
    kind: 'exited',
    process: 'exits-at-once',
    code: 3,
    signal: null,
    fault: undefined,
    lastLines: ['reading the settings', 'no settings, no shop'],
  });
});

test('reports where an error was thrown that ended a process', async () => {
  expect(await failureOf(['throws'])).toMatchObject({
    kind: 'exited',
    code: 1,
    fault: { message: 'TypeError: the key is lost', file: 'throws.ts', line: 2 },
  });
});

test('reports the file and line of a syntax error', async () => {
  await using dir = await appOf({
    Procfile: 'shop: node shop.ts',
    'shop.ts': 'const a = 1;\nfunction b( {\n  return a;\n}',
  });
  expect(await failureOf(['shop'], { dir: dir.path })).toMatchObject({
    kind: 'syntax-error',
    process: 'shop',
    file: 'shop.ts',
    line: 3,
  });
});

test('reports an import of a name that its module does not export', async () => {
  expect(await failureOf(['missing-export'])).toMatchObject({
    kind: 'missing-export',
    module: '../tracing.ts',
    name: 'tracer',
    file: 'broken/missing-export.ts',
    line: 1,
  });
});

test('reports a file that is imported, started or preloaded and is not there', async () => {
  expect(await failureOf(['missing-import'])).toMatchObject({
    kind: 'missing-module',
    module: 'broken/nowhere.ts',
    file: 'broken/missing-import.ts',
  });
  for (const process of ['missing-file', 'missing-preload']) {
    expect(await failureOf([process])).toMatchObject({
      kind: 'missing-module',
      module: 'nowhere.ts',
      file: undefined,
    });
  }
});

test('reports a command that does not exist', async () => {
  expect(await failureOf(['no-such-command'])).toMatchObject({
    kind: 'command-not-found',
    command: 'knit-and-purl',
  });
});

test('reports a process that never listens, with the last that it printed', async () => {
  expect(await failureOf(['never-listens'], { startDeadlineMs: 700 })).toMatchObject({
    kind: 'never-listened',
    deadlineMs: 700,
    lastLines: ['connecting to postgres'],
  });
});

test('reports a process that takes the connection and never answers', async () => {
  expect(await failureOf(['never-answers'], { startDeadlineMs: 700 })).toMatchObject({ kind: 'never-answered' });
});

test.runIf(process.platform === 'linux')(
  'tells a process that loops for ever from one that waits for ever',
  async () => {
    const loops = await failureOf(['loops-for-ever'], { startDeadlineMs: 1_000 });
    const waits = await failureOf(['never-listens'], { startDeadlineMs: 1_000 });
    expect(loops).toMatchObject({ kind: 'never-listened', isBusy: true });
    expect(waits).toMatchObject({ kind: 'never-listened', isBusy: false });
  },
);

test.runIf(process.platform === 'linux')('reports where a process listens that does not listen on PORT', async () => {
  const failure = await failureOf(['listens-elsewhere']);
  if (failure.kind !== 'wrong-port') throw new Error(`unexpected ${failure.kind}`);
  expect(failure.listensOn).toEqual([`127.0.0.1:${failure.port + 1}`]);
});

test('reports the status and text of a process that says that it is unhealthy', async () => {
  expect(await failureOf(['unhealthy'])).toMatchObject({
    kind: 'unhealthy',
    status: 503,
    body: 'the database is away',
  });
});

test('names the first process in order when all fail, and leaves none of the healthy ones running', async () => {
  const log = await startApp(optionsOf(['spawns-a-grandchild', 'throws', 'exits-at-once']));
  if (log.ok) throw new Error('it started');
  expect(log.failure).toMatchObject({ process: 'throws' });
  expect(await isRunning(grandchildIn(log.log.lines().map(({ line }) => line)))).toBe(false);
});

test('asks processes to stop, waits for their last words and says how each went', async () => {
  await using app = await running(['healthy']);
  expect(await app.stop()).toEqual([
    { name: 'healthy', asked: 'SIGTERM', code: 0, signal: null, stoppedByForce: false },
  ]);
  expect(app.log.lastLines('healthy', 1)).toEqual(['bye']);
  expect(app.crashes).toEqual([]);
});

test('restarts one process where it was, and tells in the end how each of the two went', async () => {
  await using app = await running(['healthy', 'sets-its-own-name']);
  const url = `${app.urls.healthy}/`;
  let answered: boolean | undefined;
  await app.restart('healthy', async () => {
    answered = await fetch(url).then(
      () => true,
      () => false,
    );
  });
  expect(answered).toBe(false);
  expect(await fetch(url).then(({ status }) => status)).toBe(200);
  expect(app.crashes).toEqual([]);
  expect((await app.stop()).filter(({ name }) => name === 'healthy')).toMatchObject([{ code: 0 }, { code: 0 }]);
});

test('forces a process that does not stop within the grace', async () => {
  await using app = await running(['hangs-on-sigterm']);
  expect(await app.stop({ graceMs: 200 })).toMatchObject([
    { asked: 'SIGTERM', signal: 'SIGKILL', stoppedByForce: true },
  ]);
  expect(app.log.lastLines('hangs-on-sigterm', 1)).toEqual(['not now']);
});

test('leaves no process that the app had started itself', async () => {
  await using app = await running(['spawns-a-grandchild']);
  const grandchild = grandchildIn(app.log.lastLines('spawns-a-grandchild', 5));
  expect(await isRunning(grandchild)).toBe(true);
  expect(await app.stop({ graceMs: 200 })).toMatchObject([{ code: 0, stoppedByForce: true }]);
  expect(await isRunning(grandchild)).toBe(false);
});

test('leaves nothing of the app when the workshop itself is killed', async () => {
  const program = fileURLToPath(new URL('fixtures/workshop-with-an-app.ts', import.meta.url));
  const workshop = spawn(process.execPath, [program, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = await once(workshop.stdout, 'data');
  const grandchild = grandchildIn([String(printed).trim()]);
  expect(await isRunning(grandchild)).toBe(true);
  workshop.kill('SIGKILL');
  await expect.poll(() => isRunning(grandchild), { timeout: 5_000, interval: 10 }).toBe(false);
});

test('stops by a message where there is no SIGTERM', async () => {
  await using app = await running(['healthy', 'crashes-when-asked'], { stopStyle: 'message' });
  expect(await app.stop()).toMatchObject([
    { name: 'healthy', code: 0, stoppedByForce: false },
    { name: 'crashes-when-asked', code: 143, stoppedByForce: false },
  ]);
  expect(app.log.lastLines('healthy', 1)).toEqual(['bye']);
});

test('ends the waiting of whoever needs a process that crashes', async () => {
  await using app = await running(['crashes-when-asked']);
  const crashed = new Promise((resolve) => app.crashed.addEventListener('abort', () => resolve(app.crashed.reason)));
  await fetch(`${app.urls['crashes-when-asked']}/crash`);

  expect(await crashed).toBeInstanceOf(AppCrashed);
  expect(app.crashes).toEqual([{ process: 'crashes-when-asked', code: 9, signal: null, lastLines: ['about to go'] }]);
});

test('keeps the beginning and the end of a flood', async () => {
  const log = createAppLog();
  const end = new Promise<void>((resolve) => log.onLine(({ line }) => line === 'the end' && resolve()));
  await using app = await running(['floods-its-log'], { log });
  await end;
  await app.stop();
  const lines = app.log.lines().map(({ line }) => line);
  expect(lines).toHaveLength(4_000);
  expect(lines[0]).toBe('line 0');
  expect(lines.at(-4)).toHaveLength(16_384 + ' … (cut)'.length);
  expect(lines.slice(-3)).toEqual(['the end', 'listening', 'bye']);
  expect(app.log.omitted('floods-its-log')).toBeGreaterThan(45_000);
});

test('starts again on another port when somebody took the one it had found', async () => {
  await using dir = await appOf({ Procfile: 'shop: node shop.ts', 'shop.ts': losesItsPortOnce });
  await using app = await running(['shop'], { dir: dir.path });
  expect(app.log.lines().some(({ line }) => line.includes('EADDRINUSE'))).toBe(true);
  expect((await fetch(app.urls.shop ?? '')).status).toBe(200);
});

test('starts and stops in peace while the clock is set forward again and again', async () => {
  const { now } = Date;
  let hours = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ++hours * 3_600_000);
  try {
    await using app = await running(['healthy']);
    const [stopped] = await app.stop();
    expect(stopped).toMatchObject({ code: 0, stoppedByForce: false });
    expect(hours).toBeGreaterThan(0);
  } finally {
    vi.restoreAllMocks();
  }
});

test('stops waiting and leaves nothing when it is told to give up', async () => {
  const giveUp = new AbortController();
  const start = startApp({ ...optionsOf(['never-listens']), signal: giveUp.signal });
  giveUp.abort(new Error('Ctrl-C'));
  await expect(start).rejects.toThrow('Ctrl-C');
});

function optionsOf(processes: readonly string[]): AppOptions {
  return {
    dir: fileURLToPath(new URL('fixtures', import.meta.url)),
    processes,
    databaseUrl: 'postgres://nowhere',
    otlpEndpoint: 'http://127.0.0.1:1',
    baseEnv: {},
    nodePath: process.execPath,
    keeper,
  };
}

async function running(processes: readonly string[], more: Partial<AppOptions> = {}): Promise<RunningApp> {
  const start = await startApp({ ...optionsOf(processes), ...more });
  if (!start.ok) throw new Error(JSON.stringify(start.failure));
  return start.app;
}

async function failureOf(processes: readonly string[], more: Partial<AppOptions> = {}): Promise<AppFailure> {
  const start = await startApp({ ...optionsOf(processes), ...more });
  if (start.ok) throw new Error('It started.');
  return start.failure;
}

async function envSeenBy(app: RunningApp, process: string): Promise<Record<string, string>> {
  const response = await fetch(`${app.urls[process]}/env`);
  return (await response.json()) as Record<string, string>;
}

async function appOf(files: Readonly<Record<string, string>>): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'untangle-bench-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

function grandchildIn(lines: readonly string[]): number {
  return Number(lines.flatMap((line) => /^grandchild (\d+)$/.exec(line)?.[1] ?? [])[0]);
}

async function isRunning(pid: number): Promise<boolean> {
  const identity = await identifyProcess(pid);
  return identity !== undefined && isSameProcess(identity);
}

const losesItsPortOnce = `
  import { existsSync, writeFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  const listen = () => createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
  listen();
  if (!existsSync('started-before')) {
    writeFileSync('started-before', '');
    listen();
  }
`;
