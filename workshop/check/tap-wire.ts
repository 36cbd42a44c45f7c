import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { LOOPBACK } from 'trace-shapes';

/** One request as it went over the wire from one service to another. */
export type WireRequest = { readonly method: string; readonly path: string; readonly headers: WireHeaders };

/** By their names in small letters. */
export type WireHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Stands in the line to a service, passes everything on, and keeps the headers that it saw. */
export type WireTap = AsyncDisposable & {
  readonly url: string;
  readonly seen: readonly WireRequest[];
  /** Says where requests are passed on to; none may come before. */
  readonly passOnTo: (url: string) => void;
};

/** Taps the line to one service: whoever is to call the service is given the tap's `url` instead. */
export async function tapWire(): Promise<WireTap> {
  const seen: WireRequest[] = [];
  let target: string | undefined;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (asked, answer) => {
    const { method = 'GET', url: path = '/', headers } = asked;
    seen.push({ method, path, headers });
    passOn(new URL(path, target), asked, answer);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, LOOPBACK, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    seen,
    passOnTo: (url) => {
      target = url;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** When one side hangs up, so does the other: the caller sees what it would see without the tap. */
function passOn(url: URL, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = asked;
  const onward = request(url, { method, headers }, (answered) => {
    if (answer.destroyed) return void answered.destroy();
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    pipeline(answered, answer, () => {});
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => {
    if (!answer.writableFinished) onward.destroy();
  });
  pipeline(asked, onward, () => {});
}

const KEEP_ALIVE_MS = 120_000;
