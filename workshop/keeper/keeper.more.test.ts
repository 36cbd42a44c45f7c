import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readKeeperRecord, writeKeeperRecord } from './keeper-record.ts';
import { openKeeper } from './open-keeper.ts';
import { identifyProcess } from './process-identity.ts';

test('ends what a client started when the client is killed, and itself after the last', async () => {
  await using folder = await openFolder();
  const client = await startClient(folder.path);
  const keeper = keeperOf(folder.path);
  process.kill(client.pid, 'SIGKILL');

  await waitUntilGone([client.child, client.grandchild, client.shared, keeper]);
  expect(existsSync(join(folder.path, 'keeper.json'))).toBe(false);
});

test('ends what a client started when the client closes', async () => {
  await using folder = await openFolder();
  const client = await startClient(folder.path);
  process.kill(client.pid, 'SIGTERM');
  await waitUntilGone([client.child, client.grandchild, client.shared]);
});

test('shares one keeper among clients that start at the same time', async () => {
  await using folder = await openFolder();
  const clients = await Promise.all([1, 2, 3].map(() => startClient(folder.path)));
  const keeper = keeperOf(folder.path);
  expect(new Set(clients.map(({ shared }) => shared)).size).toBe(1);

  const [first, ...others] = clients;
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await waitUntilGone([first?.child ?? 0]);
  for (const pid of [keeper, ...others.flatMap(({ child, shared }) => [child, shared])])
    expect(await runs(pid)).toBe(true);
  for (const { pid } of others) process.kill(pid, 'SIGKILL');
  await waitUntilGone([keeper, ...others.flatMap(({ child, shared }) => [child, shared])]);
});

test('takes the lease again when the keeper is killed, and still ends everything', async () => {
  await using folder = await openFolder();
  const client = await startClient(folder.path);
  const killed = keeperOf(folder.path);
  process.kill(killed, 'SIGKILL');
  await waitUntil('another keeper', () => keeperOf(folder.path) !== killed);
  await waitUntil('the lease', () => readKeeperRecord(folder.path)?.leases[0]?.groups.length === 1);
  expect(await runs(client.shared)).toBe(true);

  process.kill(client.pid, 'SIGKILL');
  await waitUntilGone([client.child, client.grandchild, client.shared, keeperOf(folder.path)]);
});

test('cleans up after the client and the keeper were killed together', async () => {
  await using folder = await openFolder();
  const client = await startClient(folder.path);
  const killed = keeperOf(folder.path);
  for (const pid of [killed, client.pid]) process.kill(pid, 'SIGKILL');
  await waitUntilGone([killed, client.pid]);
  expect(await runs(client.child)).toBe(true);

  await using keeper = await openKeeper({ stateDir: folder.path });
  await waitUntilGone([client.child, client.grandchild]);
  expect((await keeper.findShared('sleeper'))?.pid).toBe(client.shared);
});

test.runIf(process.platform === 'linux')('finds what is left of a group whose leader was killed as well', async () => {
  await using folder = await openFolder();
  const client = await startClient(folder.path);
  const killed = [keeperOf(folder.path), client.pid, client.child];
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  await waitUntilGone(killed);
  expect(await runs(client.grandchild)).toBe(true);

  await using _ = await openKeeper({ stateDir: folder.path });
  await waitUntilGone([client.grandchild]);
});

test('spares a stranger who was given the process id of a recorded process', async () => {
  await using folder = await openFolder();
  await using stranger = startStranger();
  const reused = { pid: stranger.pid, started: 'long ago' };
  writeKeeperRecord(folder.path, {
    pid: reused.pid,
    port: 1,
    token: '',
    leases: [{ id: 'gone', client: reused, groups: [reused] }],
    shared: [{ name: 'sleeper', pid: reused.pid, identity: reused, stopSignal: 'SIGINT', info: {} }],
  });

  await using keeper = await openKeeper({ stateDir: folder.path });
  expect(await keeper.findShared('sleeper')).toBeUndefined();
  await keeper[Symbol.asyncDispose]();
  await waitUntil('the keeper to end', () => !existsSync(join(folder.path, 'keeper.json')));
  expect(await runs(stranger.pid)).toBe(true);
});

test('goes on when a stranger asks something on its port', async () => {
  await using folder = await openFolder();
  await using keeper = await openKeeper({ stateDir: folder.path });
  const pid = keeperOf(folder.path);
  const stranger = connect(readKeeperRecord(folder.path)?.port ?? 0, '127.0.0.1');
  stranger.resume().write('GET / HTTP/1.1\r\n\r\n');
  await once(stranger, 'close');

  expect(await keeper.findShared('sleeper')).toBeUndefined();
  expect(keeperOf(folder.path)).toBe(pid);
});

test('answers a web page with nothing and does nothing that it asks', async () => {
  await using folder = await openFolder();
  await using keeper = await openKeeper({ stateDir: folder.path });
  const { port = 0, pid } = readKeeperRecord(folder.path) ?? {};
  const spec = {
    name: 'theirs',
    command: process.execPath,
    args: [],
    cwd: folder.path,
    logFile: join(folder.path, 'theirs.log'),
  };
  const calls = [
    { call: 'lease', token: 'guessed', lease: 'theirs', pid: process.pid, id: 1 },
    { call: 'start', spec: { ...spec, stopSignal: 'SIGINT', info: {} }, id: 2 },
    { call: 'own', pid: process.pid, id: 3 },
  ];
  // A page chooses its request's body freely, line by line, but not the lines before it.
  const body = `\n${calls.map((call) => JSON.stringify(call)).join('\n')}\n`;
  for (const method of ['POST', 'PUT'])
    await expect(fetch(`http://127.0.0.1:${port}/`, { method, body })).rejects.toThrow('fetch failed');
  // Nor does it help to leave those lines out.
  expect(await sayTo(port, body.trim())).toBe('');
  expect(await sayTo(port, `${JSON.stringify(calls[1])}\n`)).toBe('');

  expect(existsSync(spec.logFile)).toBe(false);
  expect(await keeper.findShared('theirs')).toBeUndefined();
  expect(readKeeperRecord(folder.path)).toMatchObject({ pid, leases: [{ groups: [] }], shared: [] });
  await keeper[Symbol.asyncDispose]();
  expect(await runs(process.pid)).toBe(true);
});

test.each([
  { stranger: 'speaks another language', answer: 'HTTP/1.1 400 Bad Request\r\n' },
  { stranger: 'says nothing', answer: '' },
])('starts a keeper when on the port of the last one somebody $stranger', async ({ answer }) => {
  await using folder = await openFolder();
  await using server = createServer(
    (socket) =>
      void socket
        .on('error', () => {})
        .resume()
        .write(answer),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  writeKeeperRecord(folder.path, { pid: 1, port, token: '', leases: [], shared: [] });

  await using keeper = await openKeeper({ stateDir: folder.path });
  expect(await keeper.findShared('sleeper')).toBeUndefined();
  expect(readKeeperRecord(folder.path)?.port).not.toBe(port);
});

test('lets one lease holder at a time do work of a name', async () => {
  await using folder = await openFolder();
  await using first = await openKeeper({ stateDir: folder.path });
  await using second = await openKeeper({ stateDir: folder.path });
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await delay(20);
    events.push(`${name} ends`);
  };
  await Promise.all([first.withLock('data', work('one')), second.withLock('data', work('two'))]);
  // Either may be first: they ask over connections of their own.
  const [earlier, , later] = events.map((event) => event.split(' ')[0]);
  expect(events).toEqual([`${earlier} begins`, `${earlier} ends`, `${later} begins`, `${later} ends`]);
  expect([earlier, later].sort()).toEqual(['one', 'two']);
});

test('hands the lock on when its holder is gone', async () => {
  await using folder = await openFolder();
  const first = await openKeeper({ stateDir: folder.path });
  await using second = await openKeeper({ stateDir: folder.path });
  const isHeld = Promise.withResolvers<void>();
  const never = first.withLock('data', () => {
    isHeld.resolve();
    return new Promise<never>(() => {});
  });
  never.catch(() => {});
  await isHeld.promise;
  const waiting = second.withLock('data', async () => 'mine');
  await first[Symbol.asyncDispose]();
  expect(await waiting).toBe('mine');
});

type Client = { readonly pid: number; readonly child: number; readonly grandchild: number; readonly shared: number };

async function startClient(stateDir: string): Promise<Client> {
  const program = fileURLToPath(new URL('fixtures/holds-a-lease.ts', import.meta.url));
  const client: ChildProcess = spawn(process.execPath, [program, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!client.stdout) throw new Error('The client has no output.');
  for await (const line of createInterface({ input: client.stdout })) {
    return { ...(JSON.parse(line) as Omit<Client, 'pid'>), pid: client.pid as number };
  }
  throw new Error('The client ended without a word.');
}

function startStranger(): { readonly pid: number } & AsyncDisposable {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  return {
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
    },
  };
}

/** What the port says to that until it hangs up. */
async function sayTo(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write(`${words}\n`);
  return text(socket);
}

async function openFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'untangle-keeper-'));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await waitUntil('the keeper to end', () => !existsSync(join(path, 'keeper.json')));
      await rm(path, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

function keeperOf(stateDir: string): number {
  return readKeeperRecord(stateDir)?.pid ?? 0;
}

async function runs(pid: number): Promise<boolean> {
  return (await identifyProcess(pid)) !== undefined;
}

async function waitUntilGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) await waitUntil(`process ${pid} to end`, async () => !(await runs(pid)));
}

async function waitUntil(what: string, isReached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`Waited 10 s for ${what}.`);
    await delay(10);
  }
}
