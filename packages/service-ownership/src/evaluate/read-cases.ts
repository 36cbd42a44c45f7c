import { readFile } from 'node:fs/promises';
import { MalformedInput, reasonOf } from '../read/malformed-input.ts';

/** A labelled fault: which window it shows in, which is its quiet twin, and who was to blame. */
export interface LabelledCase {
  readonly window: string;
  readonly baseline: string;
  readonly rootCauseService: string;
  readonly faultType: string;
}

/** Reads a list of labelled cases, such as `cases.json` beside the Online Boutique's spans. Throws `MalformedInput`. */
export async function readCases(path: string, file = path): Promise<readonly LabelledCase[]> {
  const cases: unknown = parseJson(await readText(path, file), file);
  if (!Array.isArray(cases) || cases.length === 0) throw new MalformedInput(file, '', 'expected a list of cases.');
  return cases.map((item: unknown, i) => parseCase(item, `case ${i + 1}`, file));
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new MalformedInput(file, '', `failed to read it: ${reasonOf(error)}`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MalformedInput(file, '', `it is no JSON: ${reasonOf(error)}`);
  }
}

function parseCase(item: unknown, place: string, file: string): LabelledCase {
  const text = (key: string): string => {
    const value = typeof item === 'object' && item !== null && key in item ? Reflect.get(item, key) : undefined;
    if (typeof value === 'string' && value !== '') return value;
    throw new MalformedInput(file, place, `\`${key}\` is missing, or no text.`);
  };
  return {
    window: text('case'),
    baseline: text('baseline'),
    rootCauseService: text('rootCauseService'),
    faultType: text('faultType'),
  };
}
