import { setTimeout } from 'node:timers/promises';
import { reasonOf } from '../read/malformed-input.ts';
import { type Alert, toWebhook } from './alert.ts';
import type { Delivery } from './plan-deliveries.ts';

export interface DeliveryOptions {
  readonly url: string;
  /** Waits between attempts, in milliseconds; one attempt more than waits. Default 200, 1000 and 5000. */
  readonly waitsMs?: readonly number[];
  /** How long one attempt may take. Default 5000. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/** Sends an alert. What may pass (no connection, no answer in time, 429, 5xx) is tried again; what was refused is not. */
export async function deliver(alert: Alert, options: DeliveryOptions): Promise<Delivery> {
  const waits = options.waitsMs ?? [200, 1000, 5000];
  let attempts = 0;
  for (;;) {
    const { reason, mayPass } = await attempt(alert, options);
    const waitMs = waits[attempts++];
    if (reason === undefined || !mayPass || waitMs === undefined || options.signal.aborted)
      return { alert, attempts, reason: reason === undefined ? undefined : `${options.url}: ${reason}` };
    await setTimeout(waitMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

interface Attempt {
  readonly reason: string | undefined;
  readonly mayPass: boolean;
}

async function attempt(alert: Alert, { url, timeoutMs = 5000, signal }: DeliveryOptions): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(toWebhook(alert)),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const answer = await response.text();
    if (response.ok) return { reason: undefined, mayPass: false };
    return { reason: refusal(response.status, answer), mayPass: response.status === 429 || response.status >= 500 };
  } catch (error) {
    return { reason: failure(error, timeoutMs), mayPass: true };
  }
}

function refusal(status: number, answer: string): string {
  const [line = ''] = answer.trim().split('\n', 1);
  return `it answered ${status}${line === '' ? '.' : `: ${line.slice(0, 200)}`}`;
}

function failure(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `it did not answer within ${timeoutMs} ms.`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED') return 'nothing listens there.';
  return reasonOf(cause);
}
