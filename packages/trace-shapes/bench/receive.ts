/**
 * Prints how fast the receiver is beside the bare parse of the same bytes, and what it holds when nobody reads:
 * `node --expose-gc packages/trace-shapes/bench/receive.ts [thousands of spans]`. The sender is a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fromBinary } from '@bufbuild/protobuf';
import { ExportTraceServiceRequestSchema } from '../src/otlp/generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import { startReceiver } from '../src/receive/start-receiver.ts';
import { BATCH, toBodies } from './bodies.ts';

/** In each round: short enough to fall between whatever else runs here. */
const REQUESTS = 40;
/** Less than is sent, so that the oldest go. */
const MOST_KEPT = 100_000;

const rounds = Math.ceil((Number(process.argv[2] ?? 1000) * 1000) / BATCH / REQUESTS);
const { json, protobuf } = toBodies();

const CASES = [
  { name: 'json', type: 'application/json', bytes: json, parse: () => JSON.parse(json.toString()) },
  {
    name: 'protobuf',
    type: 'application/x-protobuf',
    bytes: protobuf,
    parse: () => fromBinary(ExportTraceServiceRequestSchema, protobuf),
  },
];

for (const { name, type, parse } of CASES) {
  await using receiver = await startReceiver({ maxKept: MOST_KEPT });
  const sender = fork(new URL('send.ts', import.meta.url), [receiver.endpoint, name, type, `${REQUESTS}`]);
  await once(sender, 'message');
  const rates = { bare: [] as number[], received: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    rates.bare.push(await rateOf(() => repeat(parse)));
    rates.received.push(
      await rateOf(async () => {
        sender.send('go');
        await once(sender, 'message');
      }),
    );
  }
  sender.disconnect();
  await once(sender, 'exit');
  globalThis.gc?.();
  print(name, best(rates.bare), best(rates.received));
}

function repeat(parse: () => unknown): void {
  for (let i = 0; i < REQUESTS; i++) parse();
}

/** In spans per millisecond. */
async function rateOf(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return (REQUESTS * BATCH) / (performance.now() - start);
}

/** The best of many short rounds in turn, since whatever else runs here can only take away. */
function best(rates: readonly number[]): number {
  return Math.max(...rates);
}

function print(name: string, bare: number, received: number): void {
  const held = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const rates = `bare ${bare.toFixed(0).padStart(4)} spans/ms  received ${received.toFixed(0).padStart(4)} spans/ms`;
  console.log(`receive: ${name.padEnd(9)} ${rates}  ratio ${(received / bare).toFixed(2)}  holds ${held} MiB`);
}
