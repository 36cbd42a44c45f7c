import { inferShape } from '../infer/infer-shape.ts';
import { writeShape } from '../infer/write-shape.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { parseArguments } from './parse-arguments.ts';
import { readTelemetry } from './read-telemetry.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `trace-shapes infer FILE`: a module that exports a shape which the traces of a file match. */
export async function infer(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS, ['FILE']);
  if (!/^[A-Za-z_$][\w$]*$/.test(values.name))
    throw new UsageError(`--name must be a name in JavaScript, not \`${values.name}\`.`);
  const file = positionals[0] ?? '';
  const all = buildTraces((await readTelemetry(file, surroundings)).spans);
  const traces = all.filter(
    ({ traceId }) => values.trace === undefined || traceId.startsWith(values.trace.toLowerCase()),
  );
  if (traces.length === 0) {
    const which = values.trace === undefined ? 'a span' : `a trace whose id begins with \`${values.trace}\``;
    throw new UsageError(`There is not ${which} in \`${file}\`. \`trace-shapes print ${file}\` shows what there is.`);
  }
  if (traces.every(({ roots }) => roots.length === 0))
    throw new UsageError(
      `No trace in \`${file}\` has its root: the spans' parents never came, so that there is nothing to begin from.`,
    );
  surroundings.print(writeShape(inferShape(traces, { omit: values.omit }), values.name).trimEnd());
  return 0;
}

const OPTIONS = {
  trace: { type: 'string' as const },
  name: { type: 'string' as const, default: 'expected' },
  omit: { type: 'string' as const, multiple: true as const, default: [] as string[] },
};
