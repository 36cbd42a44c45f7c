// service-ownership/cli: the command line, for programs that pass it on.
export { runCommand } from '../cli/run-command.ts';
export { type Surroundings, UsageError } from '../cli/surroundings.ts';
