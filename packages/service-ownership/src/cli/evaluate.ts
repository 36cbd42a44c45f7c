import { resolve } from 'node:path';
import { evaluate as evaluateCases } from '../evaluate/evaluate.ts';
import { readCases } from '../evaluate/read-cases.ts';
import { renderEvaluation } from '../render/render-evaluation.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, parseArguments } from './parse-arguments.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership evaluate`: how often what-changed names the right service, on labelled cases. Returns 0. */
export async function evaluate(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  if (options.cases === undefined)
    throw new UsageError('No labelled cases to evaluate. Name a file of them: --cases FILE.');
  const cases = await readCases(resolve(surroundings.cwd, options.cases), options.cases);
  await using store = await openSpans(options, surroundings);
  const evaluation = await evaluateCases(store.engine, cases, options.cases);
  surroundings.print(options.json ? JSON.stringify(evaluation, undefined, 2) : renderEvaluation(evaluation));
  return 0;
}

const OPTIONS = { ...COMMON_OPTIONS, cases: { type: 'string' } } as const;
