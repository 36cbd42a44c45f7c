import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePorts, isTaken, LOOPBACK, listenOnFreePort } from './free-port.ts';

test('finds different ports below those that Windows reserves', async () => {
  const ports = await findFreePorts(20);
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) expect(port).toBeLessThan(49_152);
});

test('leaves the ports that it found to whoever asked', async () => {
  const [port = 0] = await findFreePorts(1);
  await using server = createServer();
  expect(await listenOnFreePort(server, port)).toBe(port);
});

test('listens on loopback only', async () => {
  await using server = createServer();
  await listenOnFreePort(server);
  expect(server.address()).toMatchObject({ address: LOOPBACK });
});

test('tells a taken port from other errors', async () => {
  await using holder = createServer();
  const port = await listenOnFreePort(holder);
  await using second = createServer();
  const error = await listenOnFreePort(second, port).catch((reason: unknown) => reason);
  expect([isTaken(error), isTaken(new Error('no'))]).toEqual([true, false]);
  second.listen(0, LOOPBACK);
  await once(second, 'listening');
});
