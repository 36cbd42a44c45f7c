import { createServer, type Server } from 'node:net';

/** Where everything listens: other machines cannot reach it. */
export const LOOPBACK = '127.0.0.1';

/**
 * Makes the server listen on a free port of loopback, or on the one given, and says which.
 * Free ones are below 32768: Windows reserves those from 49152 on, and Linux lends those from 32768 on to outgoing connections.
 */
export async function listenOnFreePort(server: Server, port?: number): Promise<number> {
  if (port !== undefined) {
    await listen(server, port);
    return port;
  }
  for (let attempt = 1; ; attempt++) {
    const candidate = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    try {
      await listen(server, candidate);
      return candidate;
    } catch (error) {
      if (!isTaken(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Ports that were free a moment ago, all different: for programs that are told where to listen. */
export async function findFreePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer());
  try {
    const ports: number[] = [];
    // All are held until the last is found, so that none comes twice.
    for (const probe of probes) ports.push(await listenOnFreePort(probe));
    return ports;
  } finally {
    await Promise.all(probes.map(closeProbe));
  }
}

/** Whether listening failed because the port belongs to another program or is reserved. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      server.off('error', settle).off('listening', settle);
      if (error === undefined) resolve();
      else reject(error);
    };
    server.once('error', settle).once('listening', settle);
    server.listen({ port, host: LOOPBACK, exclusive: true });
  });
}

function closeProbe(probe: Server): Promise<void> {
  return new Promise((resolve) => {
    probe.close(() => resolve());
  });
}

const LOWEST = 20_000;
const HIGHEST = 32_767;
const ATTEMPTS = 100;
