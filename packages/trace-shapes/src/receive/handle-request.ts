import type { IncomingMessage, ServerResponse } from 'node:http';
import { MalformedTelemetry } from '../otlp/malformed-telemetry.ts';
import { parseOtlpJson, parseOtlpProtobuf } from '../otlp/parse-otlp.ts';
import type { Telemetry } from '../otlp/telemetry.ts';
import { answerAccepted, answerRefused } from './answer-request.ts';
import { acceptedEvidence, refusedEvidence } from './evidence.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { requireLocal } from './require-local.ts';
import { encodingOf, type Route, routeRequest } from './route-request.ts';
import type { TelemetryStore } from './telemetry-store.ts';

export interface HandleOptions {
  readonly endpoint: string;
  readonly maxBodyBytes: number;
  readonly store: TelemetryStore;
}

/** Stores what a request brings, or remembers why it was refused, and answers it. Resolves to what arrived. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { endpoint, maxBodyBytes, store }: HandleOptions,
): Promise<Telemetry | undefined> {
  try {
    requireLocal(request, endpoint);
    const route = routeRequest(request, endpoint);
    const arrived = parseBody(route, await readBody(request, { gzip: route.gzip, maxBytes: maxBodyBytes }));
    store.add(arrived);
    store.remember(acceptedEvidence(request, arrived));
    answerAccepted(response, route.encoding);
    return arrived;
  } catch (error) {
    const { status, message } = refusalOf(error);
    store.remember(refusedEvidence(request, status, message));
    answerRefused(response, status, message, encodingOf(request));
    return undefined;
  }
}

function parseBody({ signal, encoding }: Route, body: Uint8Array): Telemetry {
  return encoding === 'json' ? parseOtlpJson(signal, body) : parseOtlpProtobuf(signal, body);
}

function refusalOf(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof Refusal) return error;
  if (error instanceof MalformedTelemetry) return { status: 400, message: error.message };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, message: `The receiver failed, which is a bug in trace-shapes: ${detail}` };
}
