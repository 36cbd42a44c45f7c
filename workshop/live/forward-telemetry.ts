import { type Telemetry, toJsonLine } from 'trace-shapes';

/**
 * Hands spans on to another receiver, such as Jaeger. Nothing waits for it: what it does not take in time is let go, and
 * the first failure is told once.
 */
export function createForwarder(endpoint: string, note: (text: string) => void): (arrived: Telemetry) => void {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  let underWay = 0;
  let isTold = false;
  const fail = (why: string) => {
    if (!isTold)
      note(
        `Spans cannot be handed on to OTEL_EXPORTER_OTLP_ENDPOINT: ${url} ${why}. They are shown here all the same.`,
      );
    isTold = true;
  };
  return (arrived) => {
    if (arrived.spans.length === 0 || underWay >= MOST_UNDER_WAY) return;
    underWay++;
    post(url, toJsonLine('traces', arrived))
      .then((status) => status >= 300 && fail(`answered ${status}`))
      .catch(() => fail('does not answer'))
      .finally(() => underWay--);
  };
}

async function post(url: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
  await response.arrayBuffer();
  return response.status;
}

const MOST_UNDER_WAY = 8;
const PATIENCE_MS = 2_000;
