import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * Throws a `Refusal` unless the request comes from a program of this machine that means this machine. A web page that a
 * browser has open can reach loopback too: it gives itself away by its Origin, or, where it has made a name of its own
 * point here (DNS rebinding), by its Host.
 */
export function requireLocal(request: IncomingMessage, endpoint: string): void {
  const { origin, host } = request.headers;
  if (origin !== undefined) {
    throw new Refusal(
      403,
      `The request has an Origin, "${brief(origin)}": it comes from a web page, and pages may not send telemetry here. Send it from a program, to \`${endpoint}\`.`,
    );
  }
  if (!LOOPBACK_HOST.test(host ?? '')) {
    const given = host ? `The Host is "${brief(host)}"` : 'The Host is missing';
    throw new Refusal(
      403,
      `${given}, and only 127.0.0.1, localhost and [::1] are answered: a web page could use any other name to reach this machine. Set OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}.`,
    );
  }
}

function brief(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
