import { createServer } from 'node:http';
import { LOOPBACK } from 'trace-shapes';

/** Stands before a receiver and weighs what goes to it. */
export type Scale = AsyncDisposable & { readonly endpoint: string; readonly bytes: () => number };

/** Passes every export on to a receiver, and counts the bytes of its body as they came over the wire. */
export async function weighExports(receiver: string): Promise<Scale> {
  let bytes = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    bytes += body.length;
    const { 'content-type': type = '', 'content-encoding': encoding } = request.headers;
    const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) };
    const answer = await fetch(receiver + request.url, { method: 'POST', body, headers });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  return {
    endpoint: `http://${LOOPBACK}:${typeof address === 'object' && address ? address.port : 0}`,
    bytes: () => bytes,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
