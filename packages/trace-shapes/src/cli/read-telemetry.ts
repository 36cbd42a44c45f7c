import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseJsonLines } from '../otlp/json-lines.ts';
import { MalformedTelemetry } from '../otlp/malformed-telemetry.ts';
import type { Telemetry } from '../otlp/telemetry.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** The telemetry of a file of OTLP JSON lines, or of what is piped in. Throws a `UsageError` that says what it is not. */
export async function readTelemetry(file: string, { cwd, readInput }: Surroundings): Promise<Telemetry> {
  const text = file === '-' ? await readInput() : await readText(resolve(cwd, file), file);
  try {
    return parseJsonLines(text);
  } catch (error) {
    if (!(error instanceof MalformedTelemetry)) throw error;
    const advice = "It must have one OTLP request in JSON a line, as the Collector's file exporter writes them.";
    throw new UsageError(`Failed to read \`${file}\`: ${error.message} ${advice}`);
  }
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Failed to read \`${file}\`: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'ERR_STRING_TOO_LONG') return 'it is larger than 512 MB. Split it by lines, and take a part.';
  return error instanceof Error ? error.message : String(error);
}
