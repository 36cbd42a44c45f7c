import type { Telemetry } from '../otlp/telemetry.ts';
import type { Evidence } from './evidence.ts';

/** What a receiver has taken in, bounded: the oldest goes first. */
export interface TelemetryStore {
  readonly telemetry: Telemetry;
  readonly evidence: readonly Evidence[];
  /** How many spans, logs and metrics were let go to stay within the bound. */
  readonly dropped: number;
  add(arrived: Telemetry): void;
  remember(evidence: Evidence): void;
  clear(): void;
}

/** An empty store that keeps at most `maxKept` spans, and as many logs and metrics; a quarter more while nobody looks. */
export function createTelemetryStore(maxKept: number): TelemetryStore {
  let telemetry = { spans: [], logs: [], metrics: [] } as Mutable;
  let evidence: Evidence[] = [];
  let dropped = 0;
  return {
    get telemetry() {
      trim(0);
      return telemetry;
    },
    get evidence() {
      return evidence;
    },
    get dropped() {
      trim(0);
      return dropped;
    },
    add(arrived) {
      append(telemetry.spans, arrived.spans);
      append(telemetry.logs, arrived.logs);
      append(telemetry.metrics, arrived.metrics);
      trim(maxKept / 4);
    },
    remember(one) {
      evidence.push(one);
      letGo(evidence, MAX_EVIDENCE, 0);
    },
    clear() {
      telemetry = { spans: [], logs: [], metrics: [] };
      evidence = [];
      dropped = 0;
    },
  };

  /** To move what is kept with every batch would cost more than to parse it: it waits until so many are too many. */
  function trim(slack: number): void {
    for (const kept of [telemetry.spans, telemetry.logs, telemetry.metrics]) dropped += letGo(kept, maxKept, slack);
  }
}

function append<T>(kept: T[], arrived: readonly T[]): void {
  // One at a time: spreading a large batch into push() overflows the stack.
  for (const item of arrived) kept.push(item);
}

function letGo(kept: unknown[], max: number, slack: number): number {
  const excess = kept.length - max;
  if (excess <= slack) return 0;
  kept.splice(0, excess);
  return excess;
}

type Mutable = { -readonly [K in keyof Telemetry]: Telemetry[K][number][] };

const MAX_EVIDENCE = 10_000;
