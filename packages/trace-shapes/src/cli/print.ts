import { renderTrace } from '../render/render-trace.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { parseArguments, toInteger } from './parse-arguments.ts';
import { readTelemetry } from './read-telemetry.ts';
import type { Surroundings } from './surroundings.ts';

/** `trace-shapes print FILE`: the traces of a file as trees. */
export async function print(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments(args, { most: { type: 'string', default: '20' } }, ['FILE']);
  const most = toInteger(values.most, '--most', [1, 1_000_000]);
  const telemetry = await readTelemetry(positionals[0] ?? '', surroundings);
  const traces = buildTraces(telemetry.spans);
  for (const trace of traces.slice(0, most)) surroundings.print(`${renderTrace(trace, surroundings)}\n`);
  const { spans, logs, metrics } = telemetry;
  const more = traces.length > most ? `, of which ${most} are shown: --most ${traces.length} shows all` : '';
  surroundings.print(
    `${counted(spans, 'span')} in ${counted(traces, 'trace')}${more}; ${counted(logs, 'log')}, ${counted(metrics, 'metric')}`,
  );
  return 0;
}

function counted({ length }: readonly unknown[], thing: string): string {
  return `${length} ${thing}${length === 1 ? '' : 's'}`;
}
