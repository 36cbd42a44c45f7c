import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Telemetry } from '../otlp/telemetry.ts';
import { type Evidence, garbledEvidence } from './evidence.ts';
import { isTaken, LOOPBACK, listenOnFreePort } from './free-port.ts';
import { handleRequest } from './handle-request.ts';
import { createTelemetryStore, type TelemetryStore } from './telemetry-store.ts';
import { type Arrivals, type Deadline, waitUntil } from './wait-until.ts';

export interface ReceiverOptions {
  /** Any free port by default. */
  readonly port?: number | undefined;
  /** Called with each batch, after it was stored and answered. */
  readonly onTelemetry?: ((arrived: Telemetry) => void) | undefined;
  /** Closes the receiver. */
  readonly signal?: AbortSignal | undefined;
  /** The most spans that are kept, and as many logs and metrics; the oldest go first. 1,000,000 by default. */
  readonly maxKept?: number | undefined;
  /** The most bytes of one request, as sent and as unpacked. 64 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
}

/** A running OTLP/HTTP receiver. */
export interface Receiver extends Arrivals, AsyncDisposable {
  /** `http://127.0.0.1:PORT`, the value for OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  readonly port: number;
  /** Every request, refused ones too. */
  readonly evidence: readonly Evidence[];
  /** How many spans, logs and metrics were let go because of `maxKept`. */
  readonly dropped: number;
  /** Resolves once `isReached` holds; rejects with `DeadlinePassed`, whose message names `what`. */
  waitUntil(what: string, isReached: (telemetry: Telemetry) => boolean, deadline: Deadline): Promise<void>;
  /** Forgets what has arrived. Arrays read from `telemetry` before stay as they are. */
  clear(): void;
}

/**
 * Starts an OTLP/HTTP receiver on loopback, for traces, logs and metrics, in JSON and protobuf, gzipped or not.
 * Web pages, told by their Origin or their Host, are refused.
 * @example
 * await using receiver = await startReceiver();
 * const app = spawn('node', ['app.ts'], { env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint } });
 * await receiver.waitUntil('a span', ({ spans }) => spans.length > 0, { deadlineMs: 5000 });
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { onTelemetry, signal, maxBodyBytes = MAX_BODY_BYTES } = options;
  const store = createTelemetryStore(options.maxKept ?? MAX_KEPT);
  const listeners = new Set<(arrived: Telemetry) => void>(onTelemetry ? [onTelemetry] : []);
  const closing = new AbortController();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  rememberGarbage(server, store);

  signal?.throwIfAborted();
  const port = await listen(server, options.port);
  const endpoint = `http://${LOOPBACK}:${port}`;
  server.on('request', async (request, response) => {
    const arrived = await handleRequest(request, response, { endpoint, maxBodyBytes, store });
    if (arrived !== undefined) for (const listener of listeners) listener(arrived);
  });

  const close = async () => {
    closing.abort(new Error('The receiver was closed.'));
    signal?.removeEventListener('abort', close);
    await closeServer(server);
  };
  signal?.addEventListener('abort', close);
  if (signal?.aborted) await close();
  signal?.throwIfAborted();

  const receiver: Receiver = {
    endpoint,
    port,
    closed: closing.signal,
    get telemetry() {
      return store.telemetry;
    },
    get evidence() {
      return store.evidence;
    },
    get dropped() {
      return store.dropped;
    },
    onArrival(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waitUntil: (what, isReached, deadline) => waitUntil(receiver, what, isReached, deadline),
    clear: store.clear,
    [Symbol.asyncDispose]: close,
  };
  return receiver;
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  try {
    return await listenOnFreePort(server, port);
  } catch (error) {
    if (port === undefined || !isTaken(error)) throw error;
    const advice = 'Stop that one, or leave `port` out to get a free one.';
    throw new Error(`Failed to start the receiver: port ${port} of ${LOOPBACK} belongs to another program. ${advice}`, {
      cause: error,
    });
  }
}

/** What is no HTTP/1.1 at all, such as gRPC or TLS, is the best of reasons why no spans come. */
function rememberGarbage(server: Server, store: TelemetryStore): void {
  server.on('clientError', (error: Error & { readonly rawPacket?: Buffer }, socket: Socket) => {
    if (error.rawPacket !== undefined) store.remember(garbledEvidence(error.rawPacket.toString('latin1', 0, 100)));
    socket.destroy();
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // close() alone waits for requests that are under way, and one whose client hangs would never end.
    server.closeAllConnections();
  });
}

const MAX_KEPT = 1_000_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Longer than exporters pause: one that posts at the moment when its connection times out would see a reset. */
const KEEP_ALIVE_MS = 120_000;
