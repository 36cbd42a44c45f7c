import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answerCall, type Belongings } from './answer-calls.ts';
import { type NumberedCall, onMessage, sendMessage } from './protocol.ts';

/** The open connections of a keeper. */
export type LeaseServer = {
  readonly port: number;
  /** True while the lease's holder is connected; one that was taken over from an earlier keeper may not be yet. */
  isConnected(lease: string): boolean;
  /** Ends every connection, so that whoever came too late looks for the next keeper. */
  close(): void;
};

/** Listens on loopback; a connection that ends, for whatever reason, ends its lease. */
export async function serveLeases(token: string, belongings: Belongings): Promise<LeaseServer> {
  const connections = new Map<string, Socket>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let lease: string | undefined;
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      if (lease === undefined || connections.get(lease) !== socket) return;
      connections.delete(lease);
      belongings.locks.releaseAll(lease);
      void belongings.leases.drop(lease);
    });
    onMessage<NumberedCall>(socket, (call) => {
      if (call.call === 'lease' && call.token === token) {
        lease = call.lease;
        connections.set(lease, socket);
      }
      if (lease === undefined) socket.destroy();
      else void answer(socket, call, lease, belongings);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    isConnected: (id) => connections.has(id),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function answer(socket: Socket, call: NumberedCall, lease: string, belongings: Belongings): Promise<void> {
  try {
    sendMessage(socket, { id: call.id, value: await answerCall(call, lease, belongings) });
  } catch (error) {
    sendMessage(socket, { id: call.id, error: error instanceof Error ? error.message : String(error) });
  }
}
