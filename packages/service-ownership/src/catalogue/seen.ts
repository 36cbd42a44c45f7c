/** What spans show of a service. Times are milliseconds since the epoch, durations milliseconds. */
export interface SeenService {
  readonly name: string;
  readonly spans: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** What others can ask of it, the most used first. */
  readonly operations: readonly SeenOperation[];
  /** The order in which they appeared: a new one is a deploy marker. */
  readonly versions: readonly SeenVersion[];
  /** Owners that its resource names; more than one is drift. */
  readonly owners: readonly string[];
  readonly contacts: readonly string[];
  readonly criticality: string | undefined;
  readonly namespace: string | undefined;
  readonly environments: readonly string[];
  readonly callees: readonly SeenCall[];
  readonly callers: readonly SeenCall[];
  readonly databases: readonly SeenDatabase[];
}

export interface SeenOperation {
  readonly name: string;
  readonly kind: string;
  readonly calls: number;
  readonly errors: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Whether it begins traces: a promise to a customer is made here. */
  readonly isEntry: boolean;
}

export interface SeenVersion {
  readonly version: string;
  readonly spans: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** Calls between two services; `service` is the one at the other end. */
export interface SeenCall {
  readonly service: string;
  readonly calls: number;
  readonly errors: number;
}

export interface SeenDatabase {
  readonly system: string;
  /** The database's name; its system if it has none. */
  readonly name: string;
  readonly calls: number;
}
