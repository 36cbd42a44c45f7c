import { setTimeout as delay } from 'node:timers/promises';
import { type Telemetry, toJsonLine } from 'trace-shapes';

/** Hands spans on; disposing gives those that are under way a moment more, and lets go of the rest. */
export type Forwarder = AsyncDisposable & { readonly forward: (arrived: Telemetry) => void };

/**
 * Hands spans on to another receiver, such as Jaeger. Nothing waits for it: what it does not take in time is let go, and
 * the first failure is told once. Without an endpoint nothing is sent anywhere.
 */
export function createForwarder(endpoint: string | undefined, note: (text: string) => void): Forwarder {
  const url = `${endpoint?.replace(/\/+$/, '')}/v1/traces`;
  const underWay = new Set<Promise<void>>();
  const leaving = new AbortController();
  let isTold = false;
  const fail = (why: string) => {
    if (isTold || leaving.signal.aborted) return;
    isTold = true;
    note(`Spans cannot be handed on to OTEL_EXPORTER_OTLP_ENDPOINT: ${url} ${why}. They are shown here all the same.`);
  };
  return {
    forward(arrived) {
      if (!endpoint || arrived.spans.length === 0 || underWay.size >= MOST_UNDER_WAY) return;
      const posting = post(url, toJsonLine('traces', arrived), leaving.signal)
        .then((status) => void (status >= 300 && fail(`answered ${status}`)))
        .catch(() => fail('does not answer'))
        .finally(() => underWay.delete(posting));
      underWay.add(posting);
    },
    async [Symbol.asyncDispose]() {
      const waiting = new AbortController();
      const moment = delay(LAST_MOMENT_MS, undefined, { signal: waiting.signal }).catch(() => {});
      await Promise.race([Promise.all(underWay), moment]);
      waiting.abort();
      leaving.abort();
    },
  };
}

async function post(url: string, body: string, leaving: AbortSignal): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.any([leaving, AbortSignal.timeout(PATIENCE_MS)]);
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  await response.arrayBuffer();
  return response.status;
}

const MOST_UNDER_WAY = 8;
const PATIENCE_MS = 2_000;
const LAST_MOMENT_MS = 300;
