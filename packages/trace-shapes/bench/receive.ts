/**
 * Prints how fast the receiver is beside the bare parse of the same bytes, and what it holds when nobody reads:
 * `node --expose-gc packages/trace-shapes/bench/receive.ts [thousands of spans]`. The sender is a process of its own. On
 * a machine that does much else, the ratio by processor time is the one to look at.
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
  const rates = { bare: [] as Rate[], received: [] as Rate[] };
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

/** In spans per millisecond, by the clock and by the processor time that this process took. */
interface Rate {
  readonly clock: number;
  readonly processor: number;
}

async function rateOf(run: () => unknown): Promise<Rate> {
  const start = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  const spans = REQUESTS * BATCH;
  return { clock: spans / (performance.now() - start), processor: spans / ((user + system) / 1000) };
}

/** The best of many short rounds in turn, since whatever else runs here can only take away. */
function best(rates: readonly Rate[]): Rate {
  return {
    clock: Math.max(...rates.map(({ clock }) => clock)),
    processor: Math.max(...rates.map(({ processor }) => processor)),
  };
}

function print(name: string, bare: Rate, received: Rate): void {
  const held = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const rates = (['clock', 'processor'] as const).map((by) => {
    const [floor, rate] = [bare[by].toFixed(0).padStart(4), received[by].toFixed(0).padStart(4)];
    return `by ${by}: bare ${floor} spans/ms, received ${rate}, ratio ${(received[by] / bare[by]).toFixed(2)}`;
  });
  console.log(`receive: ${name.padEnd(9)} ${rates.join('  ')}  holds ${held} MiB`);
}
