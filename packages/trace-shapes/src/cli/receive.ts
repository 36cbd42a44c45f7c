import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toJsonLines } from '../otlp/json-lines.ts';
import { startReceiver } from '../receive/start-receiver.ts';
import { renderTrace } from '../render/render-trace.ts';
import { parseArguments, toInteger } from './parse-arguments.ts';
import { settleTraces } from './settle-traces.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `trace-shapes receive`: prints each trace when it is whole and quiet, or has been quiet for long, until asked to end. */
export async function receive(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values } = parseArguments(args, OPTIONS, []);
  const { print, signal, cwd } = surroundings;
  const file = values.save === undefined ? undefined : resolve(cwd, values.save);
  if (file) save(file, '');
  using settling = settleTraces(QUIET_MS, DEADLINE_MS, (trace) => print(`${renderTrace(trace, surroundings)}\n`));
  await using receiver = await start(toInteger(values.port, '--port', [1, 65_535]));
  receiver.onArrival((arrived) => {
    if (file) save(file, toJsonLines(arrived));
    settling.add(arrived.spans);
    // What is printed or saved need not be kept: this may run for days.
    receiver.clear();
  });
  print(`Listening: OTEL_EXPORTER_OTLP_ENDPOINT=${receiver.endpoint}, over HTTP. Ctrl+C ends it.\n`);
  if (!signal.aborted) await once(signal, 'abort');
  settling.flush();
  return 0;
}

async function start(port: number) {
  try {
    return await startReceiver({ port });
  } catch (error) {
    const isTaken = error instanceof Error && error.message.includes('belongs to another program');
    if (isTaken)
      throw new UsageError(
        `Port ${port} belongs to another program. Stop that one, or choose another: --port ${port + 1}.`,
      );
    throw error;
  }
}

/** At once, so that nothing is lost however the process ends. */
function save(file: string, lines: string): void {
  try {
    appendFileSync(file, lines);
  } catch (error) {
    throw new UsageError(`Failed to write \`${file}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const OPTIONS = { port: { type: 'string', default: '4318' }, save: { type: 'string' } } as const;
const QUIET_MS = 300;
/** Longer than the 5 s for which SDKs hold spans back by default. */
const DEADLINE_MS = 6_000;
