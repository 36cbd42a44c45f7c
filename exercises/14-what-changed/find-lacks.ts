import { buildTraces, type Span, type Trace } from 'trace-shapes';
import { type ChainService, ENTRY } from '../../workshop/supply-chain/topology.ts';
import type { ChainSeen } from './chain-seen.ts';

/** What telemetry does not say, so that some change could not be found by it. */
export type Lack =
  | { readonly of: 'chain'; readonly from: string; readonly missing: string }
  | { readonly of: 'version'; readonly service: string; readonly services: number; readonly said: string | undefined }
  | { readonly of: 'flag'; readonly service: string; readonly services: number }
  | { readonly of: 'tenant' };

/** Looks for what must be told of quiet visits, in the order in which it is to be mended. */
export function findLacks({ services, quiet }: Pick<ChainSeen, 'services' | 'quiet'>): readonly Lack[] {
  const traces = buildTraces(quiet.spans);
  return [
    ...lackOfChain(services, traces),
    ...lackOfVersions(services, quiet.spans),
    ...lackOfFlags(services, quiet.spans),
    ...lackOfTenants(quiet, traces),
  ];
}

/** Every visit is one trace, from the storefront down to the last service. */
function lackOfChain(services: readonly ChainService[], traces: readonly Trace[]): readonly Lack[] {
  const visits = traces.map(servicesOf).filter((names) => names.has(ENTRY));
  const broken = services.findIndex(({ name }) => visits.some((names) => !names.has(name)));
  if (visits.length > 0 && broken === -1) return [];
  const missing = services[Math.max(broken, 1)]?.name ?? '';
  return [{ of: 'chain', from: services[Math.max(broken, 1) - 1]?.name ?? ENTRY, missing }];
}

function lackOfVersions(services: readonly ChainService[], spans: readonly Span[]): readonly Lack[] {
  const silent = services.filter(({ name, version }) => !ofService(spans, name).some((span) => tells(span, version)));
  const [first] = silent;
  if (!first) return [];
  const said = ofService(spans, first.name)[0]?.resource.attributes['service.version'];
  return [
    {
      of: 'version',
      service: first.name,
      services: silent.length,
      said: said === undefined ? undefined : String(said),
    },
  ];
}

/** Under any name that says that it is of a flag; also when it is off, or nobody could tell "off" from "not asked". */
function lackOfFlags(services: readonly ChainService[], spans: readonly Span[]): readonly Lack[] {
  const silent = services.filter(({ name, flag }) => !ofService(spans, name).some((span) => tellsFlag(span, flag)));
  const [first] = silent;
  return first ? [{ of: 'flag', service: first.name, services: silent.length }] : [];
}

function tellsFlag({ attributes, events }: Span, flag: string): boolean {
  const told = [attributes, ...events.map((event) => event.attributes)].flatMap((each) => Object.entries(each));
  return told.some(
    ([key, value]) => (/flag/.test(key) || key.includes(flag)) && /^(on|off|true|false)$/.test(String(value)),
  );
}

function lackOfTenants({ visits }: ChainSeen['quiet'], traces: readonly Trace[]): readonly Lack[] {
  const tenants = new Set(visits.map(({ tenant }) => tenant));
  const entered = traces.filter((trace) => servicesOf(trace).has(ENTRY));
  const isTold = ({ nodes }: Trace) => nodes.some(({ span }) => [...tenants].some((tenant) => tells(span, tenant)));
  return entered.length > 0 && entered.every(isTold) ? [] : [{ of: 'tenant' }];
}

function tells({ attributes, resource }: Span, value: string): boolean {
  return [attributes, resource.attributes].some((told) => Object.values(told).some((one) => one === value));
}

function servicesOf({ nodes }: Trace): ReadonlySet<string> {
  return new Set(nodes.map(({ span }) => span.service));
}

function ofService(spans: readonly Span[], service: string): readonly Span[] {
  return spans.filter((span) => span.service === service);
}
