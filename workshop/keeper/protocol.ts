import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** How to start a process that outlives whoever asked for it, until the last lease is gone. */
export type SharedProcessSpec = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly logFile: string;
  readonly account?: { readonly uid: number; readonly gid: number };
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** What those who find it running need to know, its port for example. */
  readonly info: Readonly<Record<string, string | number>>;
};

/** A shared process that runs now. */
export type SharedProcess = Pick<SharedProcessSpec, 'name' | 'stopSignal' | 'info'> & { readonly pid: number };

/** What a workshop process may ask of the keeper. */
export type KeeperCall =
  | { readonly call: 'lease'; readonly token: string; readonly lease: string; readonly pid: number }
  | { readonly call: 'own' | 'disown'; readonly pid: number }
  | { readonly call: 'lock' | 'unlock'; readonly name: string }
  | { readonly call: 'find'; readonly name: string }
  | { readonly call: 'start'; readonly spec: SharedProcessSpec };

/** A call with the number that its answer carries. */
export type NumberedCall = KeeperCall & { readonly id: number };

/** The keeper's answer to one call. */
export type KeeperAnswer = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** Sends one message as a line of JSON. */
export function sendMessage(socket: Socket, message: NumberedCall | KeeperAnswer): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Hands on each line that arrives, as parsed JSON; whoever sends anything else is a stranger, and is left. */
export function onMessage<Message>(socket: Socket, handle: (message: Message) => void): void {
  const lines = createInterface({ input: socket });
  lines.on('line', (line) => {
    // Lines that came along with a stranger's first one.
    if (socket.destroyed) return;
    const message = parseObject(line);
    if (message) handle(message as Message);
    else socket.destroy();
  });
  // It repeats the socket's errors, which the end of the connection tells well enough.
  lines.on('error', () => {});
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
