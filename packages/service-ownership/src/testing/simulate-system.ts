import type { Span } from 'trace-shapes';
import { randomFrom } from '../what-changed/random-from.ts';
import { type Sketch, sketchSpans } from './sketch-spans.ts';

/** What goes wrong in a simulated system, and in which service. */
export interface Fault {
  readonly kind: FaultKind;
  readonly service: string;
}

export type FaultKind =
  /** A new version takes 30 ms more. */
  | 'slow-version'
  /** Calls with the flag on, half of them, take 40 ms more; before, it was never on. */
  | 'slow-flag'
  /** One tenant in ten takes 60 ms more. */
  | 'slow-tenant'
  /** Large requests, which always took 40 ms more, come ten times as often. */
  | 'large-requests'
  /** Every call to the service takes 30 ms more on its way. */
  | 'slow-network'
  /** All that the service does and all that it calls takes 15 ms more. */
  | 'busy'
  /** A third of the calls fail before they call on. */
  | 'errors'
  /** Half of the calls return without calling on. */
  | 'early-return'
  /** Calls the next service five times. */
  | 'repeated-calls';

/** Traces through a chain of twelve services, with two that several of them share, as sketches are: made of numbers alone. */
export function simulateSystem(options: {
  readonly seed: number;
  readonly traces: number;
  readonly startMs?: number;
  readonly fault?: Fault;
}): readonly Span[] {
  const random = randomFrom(options.seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let load = 0;
  const roots = Array.from({ length: options.traces }, (_, i): readonly [number, Sketch] => {
    // Load comes and goes slowly, and slows everything a little.
    load = 0.9 * load + 0.04 * normal();
    const visit = visitOf(options.fault, random);
    const noise = (ms: number): number => ms * Math.exp(load + 0.35 * normal());
    return [(options.startMs ?? 0) + i * 100, serve(CHAIN, visit, noise, random).at(0)];
  });
  return sketchSpans(...roots);
}

/** The services of the chain, from the entry on. */
export const CHAIN: readonly string[] = [
  'storefront',
  'catalogue',
  'provenance',
  'dye-house',
  'mill',
  'spinnery',
  'scouring',
  'wool-exchange',
  'shearing',
  'flock-book',
  'farm',
  'portraits',
];

/** One request, as it goes through the system. */
interface Visit {
  readonly fault: Fault | undefined;
  readonly tenant: string;
  readonly size: string;
  readonly flag: string;
}

function visitOf(fault: Fault | undefined, random: () => number): Visit {
  const [tenant, size, flag] = [random(), random(), random()];
  return {
    fault,
    tenant: `tenant-${Math.floor(tenant * 10)}`,
    size: size < (fault?.kind === 'large-requests' ? 0.5 : 0.05) ? 'large' : 'small',
    flag: fault?.kind === 'slow-flag' && flag < 0.5 ? 'on' : 'off',
  };
}

/** A span that does not yet know when it starts: what it takes, and how it looks from then. */
interface Served {
  readonly ms: number;
  readonly failed: boolean;
  readonly at: (startMs: number) => Sketch;
}

function serve(rest: readonly string[], visit: Visit, noise: (ms: number) => number, random: () => number): Served {
  const [service = '', next] = rest;
  const kind = visit.fault?.service === service ? visit.fault.kind : undefined;
  const busyMs = kind === 'busy' ? 15 : 0;
  const fails = kind === 'errors' && random() < 1 / 3;
  const stops = fails || (kind === 'early-return' && random() < 0.5);
  const callees = stops ? [] : calleesOf(service, next, kind);
  const calls = callees.map((callee) => {
    const below = callee === next ? rest.slice(1) : [callee];
    const wayMs = noise(2) + (visit.fault?.kind === 'slow-network' && visit.fault.service === callee ? 30 : 0);
    return call(service, serve(below, visit, noise, random), wayMs + busyMs);
  });
  const query = stops ? [] : [leaf(service, 'SELECT', noise(3) + busyMs)];
  const parts = [...query, ...calls];
  const failed = fails || calls.some((one) => one.failed);
  const headMs = noise(4) + addedMs(service, kind, visit) + busyMs;
  const ms = headMs + parts.reduce((sum, part) => sum + part.ms, 0) + noise(1);
  return {
    ms,
    failed,
    at: (startMs) => ({
      name: `GET /${service}`,
      service,
      at: [startMs, ms],
      status: failed ? 'error' : 'unset',
      resource: { 'service.version': kind === 'slow-version' ? '1.1.0' : '1.0.0', 'host.name': `host-${service}` },
      attributes: {
        'app.tenant': visit.tenant,
        'app.size': visit.size,
        [`feature_flag.${service}`]: kind === 'slow-flag' ? visit.flag : 'off',
        'app.request.id': `${visit.tenant}-${startMs}`,
      },
      children: layInTurn(parts, startMs + headMs),
    }),
  };
}

function calleesOf(service: string, next: string | undefined, kind: FaultKind | undefined): readonly string[] {
  const onward = next === undefined ? [] : Array.from({ length: kind === 'repeated-calls' ? 5 : 1 }, () => next);
  return SHARED.filter(({ by }) => by.includes(service))
    .map(({ name }) => name)
    .concat(onward);
}

function addedMs(service: string, kind: FaultKind | undefined, { tenant, size, flag }: Visit): number {
  if (kind === 'slow-version') return 30;
  if (kind === 'slow-flag') return flag === 'on' ? 40 : 0;
  if (kind === 'slow-tenant') return tenant === 'tenant-3' ? 60 : 0;
  return size === 'large' && service === SLOW_IF_LARGE ? 40 : 0;
}

function call(service: string, served: Served, wayMs: number): Served {
  const ms = served.ms + wayMs;
  return {
    ms,
    failed: served.failed,
    at: (startMs) => ({
      name: 'GET',
      service,
      kind: 'client',
      at: [startMs, ms],
      status: served.failed ? 'error' : 'unset',
      children: [served.at(startMs + wayMs / 2)],
    }),
  };
}

function leaf(service: string, name: string, ms: number): Served {
  return { ms, failed: false, at: (startMs) => ({ name, service, kind: 'client', at: [startMs, ms] }) };
}

function layInTurn(parts: readonly Served[], startMs: number): readonly Sketch[] {
  let at = startMs;
  return parts.map((part) => {
    const sketch = part.at(at);
    at += part.ms;
    return sketch;
  });
}

/** Where large requests always took longer. */
export const SLOW_IF_LARGE = 'spinnery';

/** Services that others than their neighbours in the chain call. */
const SHARED: readonly { readonly name: string; readonly by: readonly string[] }[] = [
  { name: 'rates', by: ['catalogue', 'spinnery', 'flock-book'] },
  { name: 'weather', by: ['mill', 'farm'] },
];
