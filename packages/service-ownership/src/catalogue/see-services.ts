import type { Engine } from '../store/engine.ts';
import { OWNER_ATTRIBUTES } from './owner-attributes.ts';
import type { SeenCall, SeenDatabase, SeenOperation, SeenService, SeenVersion } from './seen.ts';

/** Every service that the spans show, in the order of their names. */
export async function seeServices(engine: Engine): Promise<readonly SeenService[]> {
  const operations = await engine.query<OperationRow>(operationsSql(engine));
  const edges = await engine.query<EdgeRow>(edgesSql(engine));
  const resources = await engine.query<ResourceRow>(resourcesSql(engine));
  const databases = await engine.query<DatabaseRow>(databasesSql(engine));
  const names = [...new Set(operations.map(({ service }) => service))].sort();
  const byService = {
    operations: Map.groupBy(operations, ({ service }) => service),
    resources: Map.groupBy(resources, ({ service }) => service),
    databases: Map.groupBy(databases, ({ service }) => service),
    callees: Map.groupBy(edges, ({ caller }) => caller),
    callers: Map.groupBy(edges, ({ callee }) => callee),
  };
  return names.map((name) => {
    const callers = byService.callers.get(name) ?? [];
    return {
      name,
      ...totalsOf(byService.resources.get(name) ?? []),
      operations: operationsOf(byService.operations.get(name) ?? [], callers),
      ...identityOf(byService.resources.get(name) ?? []),
      callees: callsOf(byService.callees.get(name) ?? [], ({ callee }) => callee),
      callers: callsOf(callers, ({ caller }) => caller),
      databases: (byService.databases.get(name) ?? []).map(toDatabase),
    };
  });
}

interface OperationRow {
  readonly service: string;
  readonly operation: string;
  readonly kind: string;
  readonly calls: number;
  readonly errors: number;
  readonly roots: number;
  /** The median, the 95th and the 99th of a hundred, in nanoseconds. */
  readonly quantiles: readonly [p50: number, p95: number, p99: number];
}

function operationsSql({ words }: Engine): string {
  return `SELECT ServiceName AS service, SpanName AS operation, SpanKind AS kind, count(*) AS calls,
    countIf(StatusCode = 'Error') AS errors, countIf(ParentSpanId = '') AS roots,
    ${words.quantiles('Duration', [0.5, 0.95, 0.99])} AS quantiles
    FROM otel_traces GROUP BY ServiceName, SpanName, SpanKind ORDER BY calls DESC, operation, kind`;
}

interface EdgeRow {
  readonly caller: string;
  readonly callee: string;
  readonly operation: string;
  readonly calls: number;
  readonly errors: number;
}

/** Work inside a service or out of it begins no other's: leaving it out spares most of the join; numbers join faster than texts. */
function edgesSql({ words }: Engine): string {
  return `SELECT p.ServiceName AS caller, c.ServiceName AS callee, c.SpanName AS operation,
    count(*) AS calls, countIf(c.StatusCode = 'Error') AS errors
  FROM (SELECT ${words.hash('TraceId', 'ParentSpanId')} AS id, ServiceName, SpanName, StatusCode FROM otel_traces
    WHERE ParentSpanId <> '' AND SpanKind NOT IN ('Internal', 'Client', 'Producer')) AS c
  INNER JOIN (SELECT ${words.hash('TraceId', 'SpanId')} AS id, ServiceName FROM otel_traces) AS p ON c.id = p.id
  WHERE p.ServiceName <> c.ServiceName
  GROUP BY p.ServiceName, c.ServiceName, c.SpanName ORDER BY caller, callee, operation`;
}

interface ResourceRow {
  readonly service: string;
  readonly version: string;
  readonly owner: string;
  readonly contact: string;
  readonly criticality: string;
  readonly namespace: string;
  readonly environment: string;
  readonly spans: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Attributes are looked up once for each resource, and not for each of its spans. */
function resourcesSql({ words }: Engine): string {
  const attribute = (key: string) => words.attribute('ResourceAttributes', key);
  return `SELECT service, ${attribute('service.version')} AS version, ${attribute(OWNER_ATTRIBUTES.name)} AS owner,
    ${attribute(OWNER_ATTRIBUTES.contact)} AS contact, ${attribute('service.criticality')} AS criticality,
    ${attribute('service.namespace')} AS namespace, ${attribute('deployment.environment.name')} AS environment,
    spans, "firstMs", "lastMs"
    FROM (SELECT service, id, any_value(resource) AS ResourceAttributes,
      count(*) AS spans, ${words.epochMs('min(Timestamp)')} AS "firstMs", ${words.epochMs('max(Timestamp)')} AS "lastMs"
      FROM (SELECT ServiceName AS service, ${words.hash('ResourceAttributes')} AS id, ResourceAttributes AS resource, Timestamp
        FROM otel_traces) AS s
      GROUP BY service, id) AS r
    ORDER BY "firstMs", version`;
}

interface DatabaseRow {
  readonly service: string;
  readonly system: string;
  readonly name: string;
  readonly calls: number;
}

function databasesSql({ words }: Engine): string {
  const either = (key: string, old: string) =>
    `coalesce(nullIf(${words.attribute('SpanAttributes', key)}, ''), ${words.attribute('SpanAttributes', old)})`;
  return `SELECT service, dbSystem AS system, coalesce(nullIf(dbName, ''), dbSystem) AS name, count(*) AS calls
    FROM (SELECT ServiceName AS service, ${either('db.system.name', 'db.system')} AS dbSystem,
      ${either('db.namespace', 'db.name')} AS dbName FROM otel_traces WHERE SpanKind = 'Client') AS d
    WHERE dbSystem <> '' GROUP BY service, dbSystem, dbName ORDER BY calls DESC, name`;
}

function totalsOf(rows: readonly ResourceRow[]) {
  return {
    spans: rows.reduce((sum, { spans }) => sum + spans, 0),
    firstSeenMs: Math.min(...rows.map(({ firstMs }) => firstMs)),
    lastSeenMs: Math.max(...rows.map(({ lastMs }) => lastMs)),
  };
}

/** What others can ask for: what serves or consumes, what another service called, and what begins a trace. */
function operationsOf(rows: readonly OperationRow[], callers: readonly EdgeRow[]): readonly SeenOperation[] {
  const called = new Set(callers.map(({ operation }) => operation));
  return rows
    .filter((row) => SERVING.has(row.kind) || called.has(row.operation) || row.roots > 0)
    .map(({ operation, kind, calls, errors, quantiles: [p50, p95, p99], roots }) => ({
      name: operation,
      kind,
      calls,
      errors,
      p50Ms: p50 / 1e6,
      p95Ms: p95 / 1e6,
      p99Ms: p99 / 1e6,
      isEntry: roots > 0,
    }));
}

function identityOf(rows: readonly ResourceRow[]) {
  return {
    versions: versionsOf(rows),
    owners: valuesOf(rows, 'owner'),
    contacts: valuesOf(rows, 'contact'),
    criticality: valuesOf(rows, 'criticality').at(-1),
    namespace: valuesOf(rows, 'namespace').at(-1),
    environments: valuesOf(rows, 'environment'),
  };
}

function versionsOf(rows: readonly ResourceRow[]): readonly SeenVersion[] {
  const versions = Map.groupBy(
    rows.filter(({ version }) => version !== ''),
    ({ version }) => version,
  );
  return [...versions].map(([version, group]) => ({
    version,
    spans: group.reduce((sum, { spans }) => sum + spans, 0),
    firstSeenMs: Math.min(...group.map(({ firstMs }) => firstMs)),
    lastSeenMs: Math.max(...group.map(({ lastMs }) => lastMs)),
  }));
}

function valuesOf(
  rows: readonly ResourceRow[],
  key: 'owner' | 'contact' | 'criticality' | 'namespace' | 'environment',
) {
  return [...new Set(rows.map((row) => row[key]))].filter((value) => value !== '');
}

function callsOf(edges: readonly EdgeRow[], otherEnd: (edge: EdgeRow) => string): readonly SeenCall[] {
  return [...Map.groupBy(edges, otherEnd)].map(([service, group]) => ({
    service,
    calls: group.reduce((sum, { calls }) => sum + calls, 0),
    errors: group.reduce((sum, { errors }) => sum + errors, 0),
  }));
}

function toDatabase({ system, name, calls }: DatabaseRow): SeenDatabase {
  return { system, name, calls };
}

const SERVING = new Set(['Server', 'Consumer']);
