import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchPlace } from '../../bench/bench-place.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { readNewestRun } from '../newest-run.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run ownership`: the command line of packages/service-ownership, on what the bench sent and declares unless files are named. */
export const ownership: WorkshopCommand = (declare, run) => {
  declare('ownership', 'who owns what, which promises hold, whom to page and what changed: catalog, objectives, page …')
    .argument('[args...]', 'a command and its options; without any, its help')
    .allowUnknownOption()
    .helpOption(false)
    .action(run(passOn));
};

async function passOn(surroundings: Surroundings, args: readonly string[]): Promise<number> {
  const { cwd, columns, colour, print, note, signal, root } = surroundings;
  const { dir } = benchPlace(root);
  // DuckDB is loaded by those who ask, and not with every command.
  const { runCommand, UsageError: OwnershipUsageError } = await import('service-ownership/cli');
  const world = {
    ...{ cwd, colour, print, note, signal, width: columns, now: Date.now },
    spillDir: join(tmpdir(), `service-ownership-${process.pid}`),
    ...(existsSync(dir) && { defaultCatalog: shownPath(surroundings, dir), defaultSlo: shownPath(surroundings, dir) }),
    defaultSpans: async () => (await readNewestRun(surroundings)).telemetry.spans,
  };
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) print(USAGE);
  try {
    return await runCommand(args, world);
  } catch (error) {
    throw error instanceof OwnershipUsageError ? new UsageError(error.message) : error;
  }
}

const USAGE = `Usage: npm run -s ownership -- <command> [options]

Without --spans it looks at what the bench sent last, and without --catalog and --slo at the bench's own files.
`;
