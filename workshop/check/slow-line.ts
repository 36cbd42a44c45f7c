import { connect, createServer, type Socket } from 'node:net';
import { LOOPBACK } from 'trace-shapes';

/** A line to a database that is some milliseconds away, as in production; disposing hangs up. */
export type SlowLine = AsyncDisposable & { readonly url: string };

/**
 * Stands between an app and its database and keeps back whatever the app says, so that each question takes at least
 * `roundTripMs`: on one machine a question takes less than a span can tell, and ten of them look as good as one.
 */
export async function openSlowLine(databaseUrl: string, roundTripMs: number): Promise<SlowLine> {
  const url = new URL(databaseUrl);
  const held = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(url.port) || POSTGRES_PORT, url.hostname);
    for (const socket of [near, far]) hold(socket, held);
    near.setNoDelay().on('data', (said) => setTimeout(() => far.write(said), roundTripMs));
    near.on('close', () => setTimeout(() => far.destroy(), roundTripMs));
    far.setNoDelay().pipe(near);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, LOOPBACK, resolve));
  const address = server.address();
  const near = new URL(databaseUrl);
  near.hostname = LOOPBACK;
  near.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: near.href,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of held) socket.destroy();
      }),
  };
}

/** A line that breaks is hung up on both sides by whoever notices; that is no error of ours. */
function hold(socket: Socket, held: Set<Socket>): void {
  held.add(socket);
  socket.on('error', () => socket.destroy()).once('close', () => held.delete(socket));
}

const POSTGRES_PORT = 5432;
