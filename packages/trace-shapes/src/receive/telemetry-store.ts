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

/** An empty store that keeps at most `maxKept` spans, and as many logs and metrics. */
export function createTelemetryStore(maxKept: number): TelemetryStore {
  let telemetry = { spans: [], logs: [], metrics: [] } as Mutable;
  let evidence: Evidence[] = [];
  let dropped = 0;
  return {
    get telemetry() {
      return telemetry;
    },
    get evidence() {
      return evidence;
    },
    get dropped() {
      return dropped;
    },
    add(arrived) {
      dropped += append(telemetry.spans, arrived.spans, maxKept);
      dropped += append(telemetry.logs, arrived.logs, maxKept);
      dropped += append(telemetry.metrics, arrived.metrics, maxKept);
    },
    remember(one) {
      append(evidence, [one], MAX_EVIDENCE);
    },
    clear() {
      telemetry = { spans: [], logs: [], metrics: [] };
      evidence = [];
      dropped = 0;
    },
  };
}

function append<T>(kept: T[], arrived: readonly T[], max: number): number {
  // One at a time: spreading a large batch into push() overflows the stack.
  for (const item of arrived) kept.push(item);
  const excess = Math.max(0, kept.length - max);
  if (excess > 0) kept.splice(0, excess);
  return excess;
}

type Mutable = { -readonly [K in keyof Telemetry]: Telemetry[K][number][] };

const MAX_EVIDENCE = 10_000;
