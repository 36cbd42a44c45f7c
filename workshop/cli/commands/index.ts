import type { WorkshopCommand } from '../workshop-command.ts';

/** Every command, in the order of the help; loaded when it is wanted, since most of the others' work is not. */
export const COMMANDS: ReadonlyMap<string, () => Promise<WorkshopCommand>> = new Map([
  ['start', async () => (await import('./start.ts')).start],
  ['check', async () => (await import('./check.ts')).check],
  ['goto', async () => (await import('./goto.ts')).goto],
  ['next', async () => (await import('./next.ts')).next],
  ['step', async () => (await import('./step.ts')).step],
  ['solve', async () => (await import('./solve.ts')).solve],
  ['reset', async () => (await import('./reset.ts')).reset],
  ['undo', async () => (await import('./undo.ts')).undo],
  ['diff', async () => (await import('./diff.ts')).diff],
  ['hint', async () => (await import('./hint.ts')).hint],
  ['stages', async () => (await import('./stages.ts')).stages],
  ['app', async () => (await import('./app.ts')).app],
  ['traces', async () => (await import('./traces.ts')).traces],
  ['trace', async () => (await import('./trace.ts')).trace],
  ['logs', async () => (await import('./logs.ts')).logs],
  ['replay', async () => (await import('./replay.ts')).replay],
  ['notes', async () => (await import('./notes.ts')).notes],
  ['branches', async () => (await import('./branches.ts')).branches],
  ['ledger', async () => (await import('./ledger.ts')).ledger],
  ['rehearse', async () => (await import('./rehearse.ts')).rehearse],
  ['ownership', async () => (await import('./ownership.ts')).ownership],
  ['changes', async () => (await import('./changes.ts')).changes],
  ['bench', async () => (await import('./bench.ts')).bench],
  ['author', async () => (await import('./author.ts')).author],
]);

/** The command of that name; all of them where there is none, for help and suggestions. */
export function loadCommands(name = ''): Promise<readonly WorkshopCommand[]> {
  const named = COMMANDS.get(name);
  return Promise.all((named ? [named] : [...COMMANDS.values()]).map((load) => load()));
}
