import { join } from 'node:path';

/** The file by which the live view changes the services of the supply chain; when it is not there, nothing is changed. */
export function changeFileIn(stateDir: string): string {
  return join(stateDir, 'supply-chain-change.json');
}
