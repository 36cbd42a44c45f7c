import { pick, type Random } from './seeded-random.ts';
import type { ChainService } from './topology.ts';

/** What can change at a service without anybody being told. */
export type ChangeKind = 'deploy' | 'flag' | 'config' | 'mix' | 'dependency';

export const CHANGE_KINDS: readonly ChangeKind[] = ['deploy', 'flag', 'config', 'mix', 'dependency'];

/** What a change does to the requests that it concerns. */
export type Effect = 'work' | 'wait' | 'fail' | 'lookAgain' | 'askAgain' | 'slowHost';

/** A change somewhere in the chain, what it does, and the answer that whoever looks for it should give. */
export type ChainChange = {
  readonly kind: ChangeKind;
  readonly effect: Effect;
  readonly service: string;
  readonly depth: number;
  /** Where it shows, by the name of the spans. */
  readonly operation: string;
  /** What the guilty requests carry, as the name and the value of an attribute. */
  readonly attribute: string;
  readonly value: string;
  /** What the services read over their topology; in its form. */
  readonly overlay: Overlay;
  /** Of the requests this share comes from this tenant, if that is what changed. */
  readonly tenant: { readonly name: string; readonly share: number } | undefined;
};

/** A file in the form of the topology: services, and what is other about them. */
export type Overlay = { readonly services: Readonly<Record<string, unknown>> };

/**
 * Makes a change of a kind at a service. How large it is, and what it does, is drawn; `loudness` multiplies what it adds
 * to the time of a request, or how many of them fail.
 */
export function makeChange(kind: ChangeKind, service: ChainService, random: Random, loudness = 1): ChainChange {
  const effect = pick(random, effectsOf(kind, service));
  const size = sizeOf(effect, random, loudness);
  const { name, depth, serves } = service;
  const made = MAKERS[kind](service, size, random);
  const operation = effect === 'slowHost' ? lookUpName(service) : `GET ${serves}`;
  const overlay = { services: made.change ? { [name]: made.change } : {} };
  return { kind, effect, service: name, depth, operation, tenant: undefined, ...made, overlay };
}

type Made = Pick<ChainChange, 'attribute' | 'value'> &
  Partial<Pick<ChainChange, 'tenant'>> & { readonly change?: object };

const MAKERS: Readonly<Record<ChangeKind, (service: ChainService, size: Size, random: Random) => Made>> = {
  deploy({ version }, size, random) {
    const next = nextVersion(version, random);
    const quirk = { when: { version: next }, ...size };
    return { attribute: 'service.version', value: next, change: { version: next, quirks: [quirk] } };
  },
  flag({ flag }, size, random) {
    const quirk = { when: { variant: 'on' }, ...size };
    const on = Math.round(40 + 40 * random());
    return {
      attribute: 'feature_flag.result.variant',
      value: 'on',
      change: { flag: { key: flag, on }, quirks: [quirk] },
    };
  },
  config({ config }, size, random) {
    const value = config.value * pick(random, [4, 8, 16]);
    const quirk = { when: { config: value }, ...size };
    const change = { config: { key: config.key, value }, quirks: [quirk] };
    return { attribute: `purl.config.${config.key}`, value: String(value), change };
  },
  mix({ dearTenant }, _, random) {
    const tenant = { name: dearTenant, share: 0.4 + 0.3 * random() };
    return { attribute: 'purl.tenant', value: dearTenant, tenant };
  },
  dependency({ records }, size, random) {
    const host = pick(random, records);
    return {
      attribute: 'server.address',
      value: host,
      change: { quirks: [{ when: { host }, ...size }] },
    };
  },
};

function effectsOf(kind: ChangeKind, { asks }: ChainService): readonly Effect[] {
  if (kind === 'mix') return ['wait'];
  if (kind === 'dependency') return ['slowHost'];
  return asks === undefined ? ['work', 'wait', 'fail', 'lookAgain'] : ['work', 'wait', 'fail', 'lookAgain', 'askAgain'];
}

/** Milliseconds, percent of the requests, or how often more. */
type Size = Partial<Record<Effect, number>>;

function sizeOf(effect: Effect, random: Random, loudness: number): Size {
  const [least, most] = SIZES[effect];
  const size = least + (most - least) * random();
  if (effect === 'fail') return { fail: Math.min(Math.round(size * loudness), MOST_FAIL) };
  return { [effect]: Math.round(IN_MS.has(effect) ? size * loudness : size) };
}

const IN_MS: ReadonlySet<Effect> = new Set(['work', 'wait', 'slowHost']);
/** Percent: with no answer left there would be nobody to compare with. */
const MOST_FAIL = 90;

const SIZES: Readonly<Record<Effect, readonly [least: number, most: number]>> = {
  work: [10, 20],
  wait: [15, 40],
  slowHost: [15, 40],
  fail: [25, 60],
  lookAgain: [2, 5],
  askAgain: [1, 2],
};

function nextVersion(version: string, random: Random): string {
  const [major = '1', minor = '0'] = version.split('.');
  return `${major}.${Number(minor) + 1 + Math.floor(3 * random())}.0`;
}

/** The span round the question to a service's own records. */
export function lookUpName({ records }: ChainService): string {
  return `SELECT ${(records[0] ?? '').replace(/-db-\d$/, 's')}`;
}
