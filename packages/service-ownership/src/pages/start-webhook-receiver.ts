import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookBody } from './alert.ts';

/** A receiver of webhooks that is listening. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
}

/** Receives webhooks as Alertmanager sends them, on loopback; what is none is answered 400. Throws when the port is taken. */
export async function startWebhookReceiver(
  port: number,
  receive: (body: WebhookBody) => void,
): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    const body = parseBody(await readText(request).catch(() => ''));
    if (body) receive(body);
    response.writeHead(body ? 200 : 400).end(body ? '' : 'This is no webhook of Alertmanager: it has no alerts.');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > MOST_CHARACTERS) throw new Error('It is too long for a webhook.');
  }
  return text;
}

function parseBody(text: string): WebhookBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isWebhook(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isWebhook(body: unknown): body is WebhookBody {
  const alerts = typeof body === 'object' && body !== null && 'alerts' in body ? body.alerts : undefined;
  return Array.isArray(alerts) && alerts.length > 0 && alerts.every(isAlert);
}

function isAlert(alert: unknown): boolean {
  if (typeof alert !== 'object' || alert === null || !('status' in alert)) return false;
  const { labels, annotations } = alert as { readonly labels?: unknown; readonly annotations?: unknown };
  return isMapping(labels) && isMapping(annotations);
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_CHARACTERS = 1_000_000;
