import { createServer } from 'node:net';

/**
 * Finds a loopback port that nobody listens on now.
 * It lies below every system's ephemeral range (Linux begins at 32768) and below what Windows reserves (49152).
 */
export async function findFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port was found on 127.0.0.1 between ${lowest} and ${highest}. End programs that hold them.`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

const lowest = 15_000;
const highest = 32_000;
