import { createServer, type Server } from 'node:net';

/**
 * Finds loopback ports that nobody listens on now, all different.
 * They lie below every system's ephemeral range (Linux begins at 32768) and below what Windows reserves (49152).
 */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const held: Server[] = [];
  try {
    // All are held until the last is found, so that none comes twice.
    const ports: number[] = [];
    for (let found = 0; found < count; found++) ports.push(await holdFreePort(held));
    return ports;
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

async function holdFreePort(held: Server[]): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = createServer();
    if (!(await canListen(server, port))) continue;
    held.push(server);
    return port;
  }
  throw new Error(`No free port was found on 127.0.0.1 between ${lowest} and ${highest}. End programs that hold them.`);
}

function canListen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
}

const lowest = 15_000;
const highest = 32_700;
