import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** What the project's `.env` sets, which Docker Compose reads as well; nothing where there is none. */
export function readEnvFile(root: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8'));
  } catch {
    return {};
  }
}
