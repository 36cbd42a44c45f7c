import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '../stages/usage-error.ts';

/** One service of the supply chain, as the bench's topology describes it; `depth` counts from the storefront, which is 0. */
export type ChainService = {
  readonly name: string;
  readonly depth: number;
  readonly version: string;
  /** The path of its route, with `:skein` in it. */
  readonly serves: string;
  /** The hosts that its records are on. */
  readonly records: readonly string[];
  readonly flag: string;
  readonly config: { readonly key: string; readonly value: number };
  /** Whom it asks; the last one asks nobody. */
  readonly asks: string | undefined;
  /** The tenant whose requests take longer here than elsewhere. */
  readonly dearTenant: string;
};

/** Reads who asks whom from the bench, the storefront first. Throws `UsageError` when there is no such chain. */
export async function readTopology(benchDir: string): Promise<readonly ChainService[]> {
  const topology = await readServices(benchDir, 'topology.yaml');
  const quirks = await readServices(benchDir, 'quirks.yaml');
  const chain: ChainService[] = [];
  let name: string | undefined = ENTRY;
  while (name !== undefined) {
    const service: ChainService = toService(name, chain.length, topology[name], quirks[name]);
    if (chain.some((before) => before.name === name)) throw unreadable('topology.yaml', `\`${name}\` asks in a circle`);
    chain.push(service);
    name = service.asks;
  }
  return chain;
}

/** What puts back whatever is rolled out, without touching the bench: for its services the topology's own settings. */
export async function withoutRollouts(
  benchDir: string,
): Promise<{ readonly services: Readonly<Record<string, object>> }> {
  const topology = await readServices(benchDir, 'topology.yaml');
  const rollouts = await readServices(benchDir, 'rollouts.yaml');
  const services = Object.keys(rollouts).map((name) => {
    const { flag, config } = fieldsOf(topology[name]);
    return [name, { flag, config }] as const;
  });
  return { services: Object.fromEntries(services) };
}

type Fields = Readonly<Record<string, unknown>>;

async function readServices(benchDir: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(join(benchDir, FOLDER, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'it is not there' : error.message);
  });
  try {
    return fieldsOf(fieldsOf(parse(text)).services);
  } catch (error) {
    throw unreadable(file, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function toService(name: string, depth: number, entry: unknown, quirks: unknown): ChainService {
  if (entry === undefined) throw unreadable('topology.yaml', `it has no \`${name}\``);
  const { version, serves, records, flag, config, asks } = fieldsOf(entry);
  const [quirk] = listOf(fieldsOf(quirks).quirks);
  return {
    name,
    depth,
    version: String(version),
    serves: String(serves),
    records: listOf(records).map(String),
    flag: String(fieldsOf(flag).key),
    config: { key: String(fieldsOf(config).key), value: Number(fieldsOf(config).value) },
    asks: typeof asks === 'string' ? asks : undefined,
    dearTenant: String(fieldsOf(fieldsOf(quirk).when).tenant),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unreadable(file: string, why: string): UsageError {
  return new UsageError(`\`${FOLDER}/${file}\` cannot be read: ${why}. \`npm run reset 14\` hands it out again.`);
}

/** Where the chain is in a bench. */
export const FOLDER = 'supply-chain';

/** Who asks first. */
export const ENTRY = 'storefront';

/** Tells the services of a file that goes on top of all others, for changes that nobody is told of. */
export const CHANGE_VARIABLE = 'SUPPLY_CHAIN_CHANGE';
