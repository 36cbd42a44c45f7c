#!/usr/bin/env node
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { UsageError } from './surroundings.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
// Whoever reads only the first lines, as `head` does, hangs up.
process.stdout.on('error', () => process.exit());

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    cwd: process.cwd(),
    spillDir: join(tmpdir(), `service-ownership-${process.pid}`),
    width: process.stdout.columns ?? 80,
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    print: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    now: Date.now,
    signal: ending.signal,
  });
} catch (error) {
  const isTheirs = error instanceof UsageError;
  console.error(
    isTheirs
      ? error.message
      : `service-ownership failed, which is a bug in it.\n${error instanceof Error ? error.stack : error}`,
  );
  process.exitCode = 2;
}
