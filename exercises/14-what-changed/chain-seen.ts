import type { Look } from '../../workshop/supply-chain/look-for-changes.ts';
import type { Window } from '../../workshop/supply-chain/open-chain.ts';
import type { ChainService } from '../../workshop/supply-chain/topology.ts';

/** What the dozen showed: quiet visits, and, if these say all that is needed, a look at each hidden change. */
export type ChainSeen = {
  readonly services: readonly ChainService[];
  readonly quiet: Window;
  readonly looks: readonly Look[];
};
