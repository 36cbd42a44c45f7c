import { connect, type Socket } from 'node:net';
import type { KeeperRecord } from './keeper-record.ts';
import { type KeeperAnswer, type KeeperCall, onMessage, sendMessage } from './protocol.ts';

/** One connection to a keeper, which is also the lease. */
export type KeeperConnection = {
  /** Rejects with `KeeperGone` when the connection ends before the answer. */
  request(call: KeeperCall): Promise<unknown>;
  readonly ended: Promise<void>;
  close(): Promise<void>;
};

/** The keeper ended before it answered. */
export class KeeperGone extends Error {
  override readonly name = 'KeeperGone';
}

/** Connects to the keeper that the record names and takes the lease; undefined when nobody answers there. */
export async function connectToKeeper(record: KeeperRecord, lease: string): Promise<KeeperConnection | undefined> {
  const socket = connect(record.port, '127.0.0.1');
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  if (!isConnected) return undefined;
  const connection = converse(socket);
  // A stranger may take the connection and never say a word.
  const patience = setTimeout(() => socket.destroy(), patienceMs);
  try {
    await connection.request({ call: 'lease', token: record.token, lease, pid: process.pid });
    return connection;
  } catch (error) {
    // A stranger listens on the port of a keeper that is gone, or the keeper is about to end.
    if (error instanceof KeeperGone) return undefined;
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

function converse(socket: Socket): KeeperConnection {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const ended = Promise.withResolvers<void>();
  let lastId = 0;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new KeeperGone('The keeper ended before it answered.'));
    waiting.clear();
    ended.resolve();
  });
  onMessage<KeeperAnswer>(socket, ({ id, value, error }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  });
  return {
    request(call) {
      if (socket.destroyed) return Promise.reject(new KeeperGone('The keeper has ended.'));
      const id = ++lastId;
      const asked = Promise.withResolvers<unknown>();
      waiting.set(id, asked);
      sendMessage(socket, { ...call, id });
      return asked.promise;
    },
    ended: ended.promise,
    async close() {
      socket.end();
      await ended.promise;
    },
  };
}

const patienceMs = 4_000;
