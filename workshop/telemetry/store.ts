import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonLines, type Telemetry, toJsonLines } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { draftDir } from '../bench/save-store.ts';
import { writeAtomically } from '../bench/write-atomically.ts';
import { maskSecrets } from './mask-secrets.ts';

/** What the newest run left to look at. */
export type StoredRun = {
  /** Where it came from, such as `check 03-lost-context`. */
  readonly source: string;
  readonly at: string;
  readonly telemetry: Telemetry;
  readonly log: readonly LogLine[];
  /** The paths of the spans that were judged. */
  readonly paths: readonly string[];
  /** The share of the pictured request's time that spans explained. */
  readonly explainedShare: number | undefined;
};

/** What the last run that was judged knew, so that the next can tell what is new. */
export type JudgedBefore = Pick<StoredRun, 'paths' | 'explainedShare'>;

/** Keeps the newest run for `traces`, `trace` and `logs`: OTLP as JSON lines, the rest beside it, and no secret. */
export async function storeRun(stateDir: string, run: StoredRun): Promise<void> {
  const { telemetry, ...rest } = maskSecrets(run);
  await writeAtomically(fileIn(stateDir, OTLP_FILE), toJsonLines(telemetry), draftDir(stateDir));
  await writeAtomically(fileIn(stateDir, RUN_FILE), JSON.stringify(rest), draftDir(stateDir));
}

/** The newest run, or `undefined` when there was none, or what is there cannot be read. */
export async function readStoredRun(stateDir: string): Promise<StoredRun | undefined> {
  try {
    const [otlp, rest] = await Promise.all([
      readFile(fileIn(stateDir, OTLP_FILE), 'utf8'),
      readFile(fileIn(stateDir, RUN_FILE), 'utf8'),
    ]);
    return { ...JSON.parse(rest), telemetry: parseJsonLines(otlp) };
  } catch {
    return undefined;
  }
}

/** The same without its telemetry, which may be large. */
export async function readJudgedBefore(stateDir: string): Promise<JudgedBefore | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(stateDir, RUN_FILE), 'utf8'));
  } catch {
    return undefined;
  }
}

function fileIn(stateDir: string, name: string): string {
  return join(stateDir, 'telemetry', name);
}

const OTLP_FILE = 'spans.otlp.jsonl';
const RUN_FILE = 'run.json';
