import { judge } from '../explain/explain.ts';
import { renderVerdict } from '../render/render-verdict.ts';
import { loadShape } from './load-shape.ts';
import { parseArguments } from './parse-arguments.ts';
import { readTelemetry } from './read-telemetry.ts';
import type { Surroundings } from './surroundings.ts';

/** `trace-shapes compare FILE SHAPE.ts`: the verdict on a file's telemetry. Returns 0 when it is as expected, else 1. */
export async function compare(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS, ['FILE', 'SHAPE.ts']);
  const [file = '', module = ''] = positionals;
  const expected = await loadShape(module, values.export, surroundings.cwd);
  const verdict = judge(expected, await readTelemetry(file, surroundings));
  const headline = verdict.status === 'pass' ? 'As expected.' : 'Not as expected.';
  surroundings.print(
    values.json ? JSON.stringify(verdict, undefined, 2) : `${renderVerdict(verdict, surroundings)}\n\n${headline}`,
  );
  return verdict.status === 'pass' ? 0 : 1;
}

const OPTIONS = { export: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
