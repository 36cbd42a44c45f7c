import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './surroundings.ts';

/** Options as `node:util` takes them. */
export type Options = NonNullable<ParseArgsConfig['options']>;

/** A command's options; throws a `UsageError` that names the one that is not known or lacks its value. */
export function parseArguments<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    // Node's own words name the option, and go on about how to escape a dash.
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1);
    throw new UsageError(`${said.replace(/\.$/, '')}. See \`ownership --help\`.`);
  }
}

/** Where spans come from, and how to print: the options of every command. */
export const COMMON_OPTIONS = {
  spans: { type: 'string', multiple: true, default: [] },
  memory: { type: 'string', default: '1024' },
  json: { type: 'boolean', default: false },
} as const satisfies Options;

/** A number of an option, within bounds. */
export function toNumber(value: string, option: string, [least, most]: readonly [number, number]): number {
  const number = Number(value);
  if (value.trim() !== '' && number >= least && number <= most) return number;
  throw new UsageError(`${option} must be a number from ${least} to ${most}, not \`${value}\`.`);
}
