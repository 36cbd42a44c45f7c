import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { WebhookBody } from '../pages/alert.ts';

/** A receiver of webhooks, as a pager is one. */
export interface Pager extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly WebhookBody[];
  /** What it answers to the next requests, in their order; 200 to those after them. */
  readonly answers: { readonly status: number; readonly text: string }[];
}

/** Starts a receiver on a free port of loopback. */
export async function startPager(): Promise<Pager> {
  const received: WebhookBody[] = [];
  const answers: { status: number; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    const { status, text } = answers.shift() ?? { status: 200, text: '' };
    if (status === 200) received.push(body as WebhookBody);
    response.writeHead(status).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
