import type { Span } from 'trace-shapes';
import { randomFrom } from '../what-changed/random-from.ts';
import { behaviourOf, type Fault, reachOf, type Visit, visitOf } from './simulated-fault.ts';
import { type Sketch, sketchSpans } from './sketch-spans.ts';

/** Requests to a simulated system: how many, from when on, and what is wrong meanwhile. */
export interface Simulated {
  readonly seed: number;
  readonly traces: number;
  /** After the epoch of sketches. Default 0. */
  readonly startMs?: number;
  readonly fault?: Fault | undefined;
}

/** Traces, a tenth of a second apart, through a chain of twelve services and two that several of them share. Numbers alone decide. */
export function simulateSystem(...parts: readonly Simulated[]): readonly Span[] {
  return sketchSpans(...parts.flatMap(rootsOf));
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

/** Services that others than their neighbours in the chain call. */
const SHARED: readonly { readonly name: string; readonly by: readonly string[] }[] = [
  { name: 'rates', by: ['catalogue', 'spinnery', 'flock-book'] },
  { name: 'weather', by: ['mill', 'farm'] },
];

function rootsOf({
  seed,
  traces,
  startMs = 0,
  fault,
}: Simulated): readonly (readonly [startMs: number, root: Sketch])[] {
  const random = randomFrom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let load = 0;
  return Array.from({ length: traces }, (_, i) => {
    // Load comes and goes slowly, and slows everything a little.
    load = 0.9 * load + 0.04 * normal();
    const noise = (ms: number): number => ms * Math.exp(load + 0.35 * normal());
    return [startMs + i * 100, serve(CHAIN, { visit: visitOf(fault, random), fault, noise, random }).at(0)];
  });
}

/** One request on its way. */
interface Trip {
  readonly visit: Visit;
  readonly fault: Fault | undefined;
  readonly noise: (ms: number) => number;
  readonly random: () => number;
}

/** A span that does not yet know when it starts: what it takes, and how it looks from then. */
interface Laid {
  readonly ms: number;
  readonly failed: boolean;
  readonly stopsCaller: boolean;
  readonly at: (startMs: number) => Sketch;
}

function serve([service = '', ...rest]: readonly string[], trip: Trip): Laid {
  const { visit, fault, noise, random } = trip;
  const { version, addedMs, busyMs, fails, stops, timesNext } = behaviourOf(service, fault, visit, random);
  const parts = stops ? [] : [query(service, noise(3) + busyMs), ...callOn(service, rest, timesNext, busyMs, trip)];
  const failed = fails || parts.some((part) => part.failed);
  const headMs = noise(4) + addedMs + busyMs;
  const ms = headMs + parts.reduce((sum, part) => sum + part.ms, 0) + noise(1);
  const attributes = { 'app.tenant': visit.tenant, 'app.size': visit.size, [`feature_flag.${service}`]: 'off' };
  if (fault?.kind === 'slow-flag' && fault.service === service) attributes[`feature_flag.${service}`] = visit.flag;
  return {
    ms,
    failed,
    stopsCaller: false,
    at: (startMs) => ({
      name: `GET /${service}`,
      service,
      at: [startMs, ms],
      status: failed ? 'error' : 'unset',
      resource: { 'service.version': version, 'host.name': `host-${service}` },
      attributes: { ...attributes, 'app.request.id': `${visit.tenant}-${startMs}` },
      children: layInTurn(parts, startMs + headMs),
    }),
  };
}

/** The calls that a service makes, one after the other, until an answer makes it stop. */
function callOn(
  service: string,
  rest: readonly string[],
  timesNext: number,
  busyMs: number,
  trip: Trip,
): readonly Laid[] {
  const shared = SHARED.filter(({ by }) => by.includes(service)).map(({ name }) => [name]);
  const onward = rest.length === 0 ? [] : Array.from({ length: timesNext }, () => rest);
  const calls: Laid[] = [];
  for (const below of [...shared, ...onward]) {
    const made = call(service, below, busyMs, trip);
    calls.push(made);
    if (made.stopsCaller) break;
  }
  return calls;
}

function call(service: string, below: readonly string[], busyMs: number, trip: Trip): Laid {
  const { addedMs, patienceMs, stopsCaller } = reachOf(below[0] ?? '', trip.fault, trip.random);
  const wayMs = trip.noise(2) + addedMs + busyMs;
  const served = serve(below, trip);
  const ms = Math.min(served.ms + wayMs, patienceMs);
  const failed = served.failed || ms === patienceMs;
  return {
    ms,
    failed,
    stopsCaller,
    at: (startMs) => ({
      name: 'GET',
      service,
      kind: 'client',
      at: [startMs, ms],
      status: failed ? 'error' : 'unset',
      children: [served.at(startMs + wayMs / 2)],
    }),
  };
}

function query(service: string, ms: number): Laid {
  return {
    ms,
    failed: false,
    stopsCaller: false,
    at: (startMs) => ({ name: 'SELECT', service, kind: 'client', at: [startMs, ms] }),
  };
}

function layInTurn(parts: readonly Laid[], startMs: number): readonly Sketch[] {
  let at = startMs;
  return parts.map((part) => {
    const sketch = part.at(at);
    at += part.ms;
    return sketch;
  });
}
