import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { tapWire } from './tap-wire.ts';

test('a service sees a caller that hangs up as one that hung up, and is asked again by the next', async () => {
  await using service = await startService();
  await using tap = await tapWire();
  tap.passOnTo(service.url);
  const given = new AbortController();
  const hungUp = fetch(`${tap.url}/charge`, { signal: given.signal }).catch(() => 'hung up');
  await service.asked;
  given.abort();
  expect(await hungUp).toBe('hung up');
  await service.leftAlone;

  const next = await fetch(`${tap.url}/health`, { headers: { 'x-order': '7' } });
  expect([next.status, await next.text()]).toEqual([200, 'well']);
  expect(tap.seen.map(({ path }) => path)).toEqual(['/charge', '/health']);
  expect(tap.seen[1]?.headers['x-order']).toBe('7');
});

test('a caller sees a service that hangs up as one that hung up', async () => {
  const service = createServer((asked) => asked.socket.destroy()).listen(0, '127.0.0.1');
  await once(service, 'listening');
  await using tap = await tapWire();
  tap.passOnTo(`http://127.0.0.1:${(service.address() as AddressInfo).port}`);
  const asking = request(tap.url).end();
  const [error] = (await once(asking, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
  service.close();
});

/** A service that never answers who wants to charge. */
async function startService() {
  const asked = Promise.withResolvers<void>();
  const leftAlone = Promise.withResolvers<void>();
  const server = createServer(({ url }, answer) => {
    if (url !== '/charge') return answer.end('well');
    answer.on('close', () => leftAlone.resolve());
    asked.resolve();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked.promise,
    leftAlone: leftAlone.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
