import { renderLook, renderLookCount } from '../../render/render-looks.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { makeWorkDir, writeSolvedChain } from '../../supply-chain/chain-folder.ts';
import { countLooks } from '../../supply-chain/count-looks.ts';
import { type Look, lookForChanges } from '../../supply-chain/look-for-changes.ts';
import { openChain } from '../../supply-chain/open-chain.ts';
import { planChanges } from '../../supply-chain/plan-changes.ts';
import { createBay } from '../open-bay.ts';
import { readCount } from '../read-count.ts';
import { type Surroundings, typedPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = {
  readonly changed: string;
  readonly quiet: string;
  readonly requests: string;
  readonly seed: string;
  readonly app?: string;
  readonly json?: true;
};

/** `npm run changes`: hidden changes in the supply chain, and how many of them are found from its telemetry. */
export const changes: WorkshopCommand = (declare, run) => {
  declare(
    'changes',
    'hidden changes anywhere in the supply chain: how many are found from its traces, and false alarms',
  )
    .option('--changed <n>', 'how many changes, over all kinds and depths', '40')
    .option('--quiet <n>', 'how many runs with no change', '20')
    .option('--requests <n>', 'the requests of a window; there are two windows a run', '80')
    .option('--seed <n>', 'which changes', '1')
    .option('--app <dir>', 'another copy of the app than the solution')
    .option('--json', 'print the figures as JSON')
    .action(run(look));
};

async function look(surroundings: Surroundings, { app, json, ...typed }: Options): Promise<number> {
  const { root, signal, note, print } = surroundings;
  const [changed, quiet, requests, seed] = [
    readCount('--changed', typed.changed),
    readCount('--quiet', typed.quiet),
    readCount('--requests', typed.requests),
    readCount('--seed', typed.seed),
  ];
  await using held = new AsyncDisposableStack();
  const bay = await held.use(createBay(surroundings)).open();
  const place =
    app === undefined
      ? held.use(await writeSolvedChain(root))
      : { dir: typedPath(surroundings, app), ...held.use(await makeWorkDir(root)) };
  note('… starting the twelve services');
  const start = await openChain(bay, { ...place, dirName: app ?? 'the solution', signal });
  if (!start.ok) throw new UsageError(start.finding.message);
  const chain = held.use(start.chain);
  // Services that have just been started are slow at first.
  await chain.drive({ requests, seed: 0 });
  const plan = planChanges(chain.services, { changed, quiet, seed });
  const looks: Pick<Look, 'planned' | 'found' | 'right'>[] = [];
  for await (const { planned, found, right } of lookForChanges(chain, plan, { requests, seed })) {
    looks.push({ planned, found, right });
    note(`… ${looks.length} of ${plan.length}  ${renderLook({ planned, found, right })}`);
  }
  const count = countLooks(looks);
  print(json ? JSON.stringify({ seed, requests, ...count }, null, 2) : `\n${renderLookCount(count)}\n`);
  return 0;
}
