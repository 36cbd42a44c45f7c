import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonLines, type Telemetry, toJsonLines } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';

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

/** Keeps the newest run for `traces`, `trace` and `logs`: OTLP as JSON lines, and the rest beside it. */
export async function storeRun(stateDir: string, run: StoredRun): Promise<void> {
  const dir = join(stateDir, 'telemetry');
  await mkdir(dir, { recursive: true });
  const { telemetry, ...rest } = run;
  await replaceFile(join(dir, OTLP_FILE), toJsonLines(telemetry));
  await replaceFile(join(dir, RUN_FILE), JSON.stringify(rest));
}

/** The newest run, or `undefined` when there was none, or what is there cannot be read. */
export async function readStoredRun(stateDir: string): Promise<StoredRun | undefined> {
  const dir = join(stateDir, 'telemetry');
  try {
    const [otlp, rest] = await Promise.all([
      readFile(join(dir, OTLP_FILE), 'utf8'),
      readFile(join(dir, RUN_FILE), 'utf8'),
    ]);
    return { ...JSON.parse(rest), telemetry: parseJsonLines(otlp) };
  } catch {
    return undefined;
  }
}

async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  await writeFile(draft, content);
  await rename(draft, file);
}

const OTLP_FILE = 'spans.otlp.jsonl';
const RUN_FILE = 'run.json';
