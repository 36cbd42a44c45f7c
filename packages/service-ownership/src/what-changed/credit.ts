import type { SignalKind } from './signal.ts';
import type { Place, Spot } from './spot.ts';
import type { Evidence } from './weigh-evidence.ts';

/** What is suspected of a place. */
export type SuspectCode =
  /** Its own time grew. */
  | 'slower'
  /** Calls to it take longer than it knows: the network, or a queue before it. */
  | 'slow-to-reach'
  /** Its calls take longer, whomever it calls: it is busy or its way out is slow. */
  | 'slow-to-call'
  /** Errors begin here. */
  | 'failing'
  /** Calls to it fail, or end without a span of it, and it says nothing of that. */
  | 'unreachable'
  /** It ends without what it did before. */
  | 'stops-early'
  /** Those who call it end after that call. */
  | 'stops-callers'
  /** It makes calls that it did not make, or more of them; or makes some no longer. */
  | 'calls-more'
  | 'calls-less';

/** Who answers for a change, and what for. */
export interface Credit extends Place {
  readonly code: SuspectCode;
  /** The call that it is about, for codes about calls. */
  readonly call: Place | undefined;
}

/** Tells for each piece of evidence who answers for it. */
export function creditBy(all: readonly Evidence[]): (evidence: Evidence) => Credit {
  const witnesses = witnessesOf(all);
  return (evidence) => credit(evidence, witnesses, new Set());
}

function credit(evidence: Evidence, witnesses: Witnesses, followed: Set<Evidence>): Credit {
  const { spot, child, kind } = evidence.signal;
  const callee = calleeOf(evidence.signal);
  const own = (code: SuspectCode): Credit => ({
    service: spot.service,
    operation: spot.operation,
    code,
    call: childPlace(),
  });
  const theirs = (code: SuspectCode, place: Place): Credit => ({ ...place, code, call: undefined });
  const childPlace = (): Place | undefined =>
    callee ?? (child && { service: child.service, operation: child.operation });

  switch (kind) {
    case 'slow':
    case 'very-slow':
      if (!callee) return own('slower');
      return isCallees(evidence, callee, witnesses) ? theirs('slow-to-reach', callee) : own('slow-to-call');
    case 'error':
    case 'unanswered':
      return callee ? creditFailedCall(callee) : own(kind === 'error' ? 'failing' : 'stops-early');
    case 'last':
      return creditStop();
    case 'has':
    case 'has-more':
      // Who fails is asked again.
      return callee && witnesses.failing(callee.service) > 0 ? theirs('failing', callee) : own('calls-more');
    case 'lacks':
      return own('calls-less');
  }

  /** A call that fails though nobody below failed was given up: for what was slow below, if anything was. */
  function creditFailedCall(to: Place): Credit {
    const slow = witnesses.slowBelow(to.service).find((other) => isLoud(other.surelyGrown, evidence));
    return slow ? credit(slow, witnesses, followed) : theirs('unreachable', to);
  }

  /** After whose answer did it end? Only where something speaks for the callee; by itself, it is the caller that decides. */
  function creditStop(): Credit {
    if (!callee) return own('stops-early');
    followed.add(evidence);
    const inside = witnesses.insideOf(callee.service).find((other) => !followed.has(other));
    const elsewhere = witnesses.stoppedOthers(spot.service, callee.service);
    const alike = witnesses.stopsAfterOthers(spot.service, callee.service);
    const forCallee = Math.max(inside?.surelyGrown ?? 0, elsewhere);
    if (!isLoud(forCallee, evidence) || forCallee <= alike) return own('stops-early');
    return inside ? credit(inside, witnesses, followed) : theirs('stops-callers', callee);
  }
}

/**
 * A call that takes longer than its callee says is slow on either side or between them. The callee's other callers, and its
 * own time, speak for the callee; the caller's other calls, and its own time, for the caller. If neither does, or both
 * as loud, it is the callee, as whose slow network nobody else sees.
 */
function isCallees(evidence: Evidence, callee: Place, witnesses: Witnesses): boolean {
  const caller = evidence.signal.spot.service;
  const forCallee = mean([...witnesses.otherCallersWait(caller, callee.service), witnesses.ownTime(callee.service)]);
  const forCaller = mean([...witnesses.waitsForOthers(caller, callee.service), witnesses.ownTime(caller)]);
  return forCallee >= forCaller || !isLoud(forCaller, evidence);
}

/** Witnesses must say at least half of what the evidence says itself: quieter ones are noise. */
function isLoud(grown: number, evidence: Evidence): boolean {
  return grown > 0 && grown >= evidence.surelyGrown / 2;
}

/** What the evidence says of services, each by how much it surely grew. */
interface Witnesses {
  readonly ownTime: (service: string) => number;
  readonly failing: (service: string) => number;
  readonly otherCallersWait: (caller: string, callee: string) => readonly number[];
  readonly waitsForOthers: (caller: string, callee: string) => readonly number[];
  readonly stoppedOthers: (caller: string, callee: string) => number;
  readonly stopsAfterOthers: (caller: string, callee: string) => number;
  /** Errors that begin in a service, and where it stops early, the surest first. */
  readonly insideOf: (service: string) => readonly Evidence[];
  /** Slowness of a service and of all that it calls, the largest effect first. */
  readonly slowBelow: (service: string) => readonly Evidence[];
}

function witnessesOf(all: readonly Evidence[]): Witnesses {
  const slow = all.filter(({ signal }) => SLOW.has(signal.kind));
  const own = byService(slow.filter(({ signal }) => signal.spot.target === undefined));
  const failing = byService(all.filter(({ signal }) => signal.kind === 'error' && signal.spot.target === undefined));
  const waits = pairs(slow);
  const stops = pairs(all.filter(({ signal }) => signal.kind === 'last'));
  return {
    ownTime: (service) => own.get(service) ?? 0,
    failing: (service) => failing.get(service) ?? 0,
    otherCallersWait: (caller, callee) => grownOf(waits, (pair) => pair.callee === callee && pair.caller !== caller),
    waitsForOthers: (caller, callee) => grownOf(waits, (pair) => pair.caller === caller && pair.callee !== callee),
    stoppedOthers: (caller, callee) =>
      Math.max(0, ...grownOf(stops, (pair) => pair.callee === callee && pair.caller !== caller)),
    stopsAfterOthers: (caller, callee) =>
      mean(grownOf(stops, (pair) => pair.caller === caller && pair.callee !== callee)),
    insideOf: (service) =>
      all
        .filter(
          ({ signal, surelyGrown }) => signal.spot.service === service && surelyGrown > 0 && INSIDE.has(signal.kind),
        )
        .sort((a, b) => b.surelyGrown - a.surelyGrown),
    slowBelow: (service) => {
      const below = reachableFrom(service, waits.concat(stops));
      return slow.filter(({ signal }) => below.has(signal.spot.service)).sort((a, b) => b.effect - a.effect);
    },
  };
}

function reachableFrom(service: string, pairs: readonly Pair[]): ReadonlySet<string> {
  const reached = new Set([service]);
  // A set that grows while it is walked is walked to its end.
  for (const caller of reached) for (const pair of pairs) if (pair.caller === caller) reached.add(pair.callee);
  return reached;
}

interface Pair {
  readonly caller: string;
  readonly callee: string;
  readonly grown: number;
}

/** Who calls whom, with the most that surely grew between them. */
function pairs(all: readonly Evidence[]): readonly Pair[] {
  const found = new Map<string, Pair>();
  for (const { signal, surelyGrown } of all) {
    const callee = calleeOf(signal)?.service;
    if (callee === undefined) continue;
    const key = `${signal.spot.service}\u0000${callee}`;
    const grown = Math.max(found.get(key)?.grown ?? 0, surelyGrown);
    found.set(key, { caller: signal.spot.service, callee, grown });
  }
  return [...found.values()];
}

function grownOf(pairs: readonly Pair[], wanted: (pair: Pair) => boolean): readonly number[] {
  return pairs.filter(wanted).map(({ grown }) => grown);
}

function byService(all: readonly Evidence[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { signal, surelyGrown } of all) {
    most.set(signal.spot.service, Math.max(most.get(signal.spot.service) ?? 0, surelyGrown));
  }
  return most;
}

/** Who answers the call that a signal is about: the spot's own, or its child's. */
function calleeOf({ spot, child }: Evidence['signal']): Place | undefined {
  if (!child) return spot.target;
  if (child.target) return child.target;
  return child.service === spot.service ? undefined : placeOf(child);
}

function placeOf({ service, operation }: Spot): Place {
  return { service, operation };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
}

const SLOW: ReadonlySet<SignalKind> = new Set(['slow', 'very-slow']);
const INSIDE: ReadonlySet<SignalKind> = new Set(['error', 'last', 'unanswered']);
