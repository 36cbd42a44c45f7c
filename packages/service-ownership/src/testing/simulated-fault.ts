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
  /** One tenant in five takes 60 ms more. */
  | 'slow-tenant'
  /** Large requests, which always take 40 ms more in the spinnery, come ten times as often. */
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
  | 'repeated-calls'
  /** Half of its answers, none of them an error, make its callers return at once. */
  | 'bad-answer'
  /** Takes 300 ms more, for which its caller does not wait. */
  | 'given-up';

/** What one request brings with it. */
export interface Visit {
  readonly tenant: string;
  readonly size: 'small' | 'large';
  readonly flag: 'on' | 'off';
}

/** Draws a request; the same random numbers are used up whatever the fault. */
export function visitOf(fault: Fault | undefined, random: () => number): Visit {
  const [tenant, size, flag] = [random(), random(), random()];
  return {
    tenant: `tenant-${Math.floor(tenant * 5)}`,
    size: size < (fault?.kind === 'large-requests' ? 0.5 : 0.05) ? 'large' : 'small',
    flag: fault?.kind === 'slow-flag' && flag < 0.5 ? 'on' : 'off',
  };
}

/** How a service behaves in one call. */
export interface Behaviour {
  readonly version: string;
  readonly addedMs: number;
  /** More time for each thing that it does or waits for. */
  readonly busyMs: number;
  readonly fails: boolean;
  readonly stops: boolean;
  readonly timesNext: number;
}

/** How the service behaves in this visit, with the fault if it is the faulty one. */
export function behaviourOf(service: string, fault: Fault | undefined, visit: Visit, random: () => number): Behaviour {
  const dice = random();
  const kind = fault?.service === service ? fault.kind : undefined;
  return {
    version: kind === 'slow-version' ? '1.1.0' : '1.0.0',
    addedMs: addedMs(kind, visit) + (visit.size === 'large' && service === SLOW_IF_LARGE ? 40 : 0),
    busyMs: kind === 'busy' ? 15 : 0,
    fails: kind === 'errors' && dice < 1 / 3,
    stops: (kind === 'errors' && dice < 1 / 3) || (kind === 'early-return' && dice < 1 / 2),
    timesNext: kind === 'repeated-calls' ? 5 : 1,
  };
}

function addedMs(kind: FaultKind | undefined, { tenant, flag }: Visit): number {
  if (kind === 'slow-version') return 30;
  if (kind === 'slow-flag') return flag === 'on' ? 40 : 0;
  if (kind === 'slow-tenant') return tenant === 'tenant-3' ? 60 : 0;
  return kind === 'given-up' ? 300 : 0;
}

/** How a call to the service goes, as its caller sees it. */
export interface Reach {
  /** More time on the way. */
  readonly addedMs: number;
  /** For so long the caller waits; then the call has failed. */
  readonly patienceMs: number;
  /** The answer makes the caller return. */
  readonly stopsCaller: boolean;
}

/** How a call to the service goes, with the fault if it is the faulty one. */
export function reachOf(service: string, fault: Fault | undefined, random: () => number): Reach {
  const dice = random();
  const kind = fault?.service === service ? fault.kind : undefined;
  return {
    addedMs: kind === 'slow-network' ? 30 : 0,
    patienceMs: kind === 'given-up' ? 200 : Number.POSITIVE_INFINITY,
    stopsCaller: kind === 'bad-answer' && dice < 1 / 2,
  };
}

/** Where large requests always take longer. */
export const SLOW_IF_LARGE = 'spinnery';
