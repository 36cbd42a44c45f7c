import type { NightFacts } from '../scenario/last-night.ts';
import type { RunningShop } from '../scenario/running-shop.ts';

/** The running shop as an action of the live view finds it. */
export type LiveShop = RunningShop & {
  /** The bench that it runs from. */
  readonly dir: string;
  /** The file by which the services of the supply chain are changed. */
  readonly changeFile: string;
  /** Aborted when the shop is about to go. */
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
};

/** What a key of the live view does. */
export type LiveAction = {
  readonly key: string;
  readonly label: string;
  /** Whether it needs the shop as it was seeded, which takes a restart. */
  readonly needsFreshShop: boolean;
  /** Whether so many traces come of it that a line for each is enough. */
  readonly drawsCrowds?: boolean;
  /** The process without which there is nothing to do; a bench that has none is not offered the key. */
  readonly needsProcess?: string;
  /** Does it, and gives the facts of a night if it replayed one. */
  readonly run: (shop: LiveShop) => Promise<NightFacts | undefined>;
};
