import { createServer } from 'node:http';
import { LOOPBACK } from 'trace-shapes';

/** A receiver that takes everything and only counts it: the least that receiving can cost. */
export type CountingReceiver = AsyncDisposable & { readonly endpoint: string; readonly bytes: () => number };

/** Starts it on any free port. */
export async function startCountingReceiver(): Promise<CountingReceiver> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '' }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://${LOOPBACK}:${port}`,
    bytes: () => bytes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
