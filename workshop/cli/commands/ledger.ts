import { benchPlace } from '../../bench/bench-place.ts';
import { measureLedger } from '../../ledger/measure-ledger.ts';
import { renderLedger } from '../../render/render-ledger.ts';
import { createBay } from '../open-bay.ts';
import { readCount } from '../read-count.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';
import { writeLedger } from '../write-ledger.ts';

type Options = {
  readonly rounds: string;
  readonly visits: string;
  readonly orders: string;
  readonly sampled: string;
  readonly json?: true;
  readonly write?: true;
};

/** `npm run ledger`: the price list, measured. */
export const ledger: WorkshopCommand = (declare, run) => {
  declare('ledger', 'the price list, measured: what each stage costs in lines and speed, and the spans that it brings')
    .option('--rounds <n>', 'how often each stage is started and driven', '3')
    .option('--visits <n>', 'the customers of a round', '120')
    .option('--orders <n>', 'the orders whose spans and bytes are counted', '9')
    .option('--sampled <n>', 'the orders that sampling is measured by', '60')
    .option('--json', 'print the figures as JSON')
    .option('--write', 'for authors: write the chart docs/ledger.svg and the table in WORKSHOP.md')
    .action(run(measure));
};

async function measure(surroundings: Surroundings, { json, write, ...counts }: Options): Promise<number> {
  const { root, note, print, signal } = surroundings;
  await using bay = createBay(surroundings);
  const measured = await measureLedger(await bay.open(), {
    ...benchPlace(root),
    rounds: readCount('--rounds', counts.rounds),
    visits: readCount('--visits', counts.visits),
    orders: readCount('--orders', counts.orders),
    sampledOrders: readCount('--sampled', counts.sampled),
    onProgress: (what) => note(`… ${what}`),
    signal,
  });
  print(json ? JSON.stringify(measured, null, 2) : `\n${renderLedger(measured)}\n`);
  if (write) for (const path of await writeLedger(root, measured)) note(`wrote ${path}`);
  return 0;
}
