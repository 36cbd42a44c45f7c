import { runKeeper } from './run-keeper.ts';

const [, , stateDir = ''] = process.argv;
await runKeeper(stateDir);
// Clients that connected too late are told so by the end of their connection.
process.exit(0);
