#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { runCommand } from './run-command.ts';
import { UsageError } from './surroundings.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
// Whoever reads only the first lines, as `head` does, hangs up.
process.stdout.on('error', () => process.exit());

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    cwd: process.cwd(),
    width: process.stdout.columns ?? 80,
    colour: process.stdout.isTTY === true && process.stdout.hasColors(),
    readInput: () => text(process.stdin),
    print: (line) => process.stdout.write(`${line}\n`),
    signal: ending.signal,
  });
} catch (error) {
  const isOurs = error instanceof UsageError;
  console.error(
    isOurs
      ? error.message
      : `trace-shapes failed, which is a bug in it.\n${error instanceof Error ? error.stack : error}`,
  );
  process.exitCode = 2;
}
