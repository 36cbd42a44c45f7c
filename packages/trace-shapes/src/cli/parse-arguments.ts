import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './surroundings.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command's arguments; throws a `UsageError` that names the one that is not known or lacks its value. */
export function parseArguments<const T extends Options>(
  args: readonly string[],
  options: T,
  places: readonly string[],
) {
  const parsed = tryParse(args, options);
  const { positionals } = parsed;
  const missing = places[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing. See trace-shapes --help.`);
  if (positionals.length > places.length)
    throw new UsageError(`\`${positionals[places.length]}\` is one argument too many. See trace-shapes --help.`);
  return parsed;
}

function tryParse<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own words name the option, and go on about how to escape a dash.
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1);
    throw new UsageError(`${said.replace(/\.$/, '')}. See trace-shapes --help.`);
  }
}

/** A whole number of an option, within bounds. */
export function toInteger(value: string, option: string, [least, most]: readonly [number, number]): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}, not \`${value}\`.`);
}
