import { seeServices } from '../src/catalogue/see-services.ts';
import { judgeObjectives } from '../src/objectives/judge-objectives.ts';
import { reportObjectives } from '../src/objectives/report-objectives.ts';
import type { Objective } from '../src/read/objective.ts';
import type { Engine } from '../src/store/engine.ts';
import { whatChanged } from '../src/what-changed/what-changed.ts';

/** A question to a set of spans, and the columns that it has to read. */
export interface Question {
  readonly name: string;
  readonly columns: readonly string[];
  readonly ask: (engine: Engine) => Promise<unknown>;
}

/** The end of the hour that the spans of `makeSpans` fill. */
export const NOW_MS = Date.UTC(2026, 0, 1, 1);
export const OBJECTIVE: Objective = {
  name: 'skeins-quick',
  displayName: undefined,
  service: 'storefront',
  operation: 'GET /skeins/:id',
  measure: { kind: 'latency', thresholdMs: 230 },
  target: 0.99,
  windowMs: 30 * 86_400_000,
  team: undefined,
  origin: { kind: 'declared', file: 'bench', line: 1 },
};
export const HALF = BigInt(NOW_MS - 1_800_000) * 1_000_000n;
const IDS = [
  'TraceId',
  'SpanId',
  'ParentSpanId',
  'ServiceName',
  'SpanName',
  'SpanKind',
  'Timestamp',
  'Duration',
  'StatusCode',
];

/** What is measured: the catalogue, objectives without and with those derived from them, and what changed. */
export const QUESTIONS: readonly Question[] = [
  { name: 'catalogue', columns: [...IDS, 'ResourceAttributes', 'SpanAttributes'], ask: seeServices },
  {
    name: 'objectives',
    columns: ['ServiceName', 'SpanName', 'StatusCode', 'Duration', 'Timestamp'],
    ask: (engine) => judgeObjectives(engine, [OBJECTIVE], { nowMs: NOW_MS }),
  },
  {
    name: 'objectives with derived',
    columns: IDS,
    ask: (engine) => reportObjectives(engine, [OBJECTIVE], { nowMs: NOW_MS }),
  },
  {
    // It reads ids and times twice, once of all spans and once of those it draws, and attributes where something changed.
    name: 'what changed',
    columns: [...IDS, 'ResourceAttributes', 'SpanAttributes'],
    ask: (engine) => whatChanged(engine, { before: { toUnixNano: HALF }, after: { fromUnixNano: HALF } }),
  },
];

/** Reads every value of columns, and nothing else: the floor. */
export function scan({ query }: Engine, columns: readonly string[]): Promise<unknown> {
  return query(`SELECT ${columns.map((column, i) => `max(${hashed(column)}) AS c${i}`).join(', ')} FROM otel_traces`);
}

/** A hash has to read all of a value; `max` of a text may look at its first bytes only. Maps are read whole, and counted. */
function hashed(column: string): string {
  return column.endsWith('Attributes') ? `cardinality("${column}")` : `hash("${column}")`;
}
