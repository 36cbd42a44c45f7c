import type { LaidOutSpans } from './lay-out-spans.ts';

/** Where spans are alike: an operation of a service; of a call to another service also who answered. */
export interface Spot {
  readonly id: number;
  readonly service: string;
  readonly operation: string;
  /** Only if these are calls to another service. */
  readonly target: Place | undefined;
}

/** An operation of a service. */
export interface Place {
  readonly service: string;
  readonly operation: string;
}

/** The spots by their id. */
export async function readSpots({ engine, spots }: LaidOutSpans): Promise<ReadonlyMap<number, Spot>> {
  const rows = await engine.query<Row>(
    `SELECT * FROM ${spots} ORDER BY ServiceName, SpanName, TargetService, TargetName`,
  );
  return new Map(rows.map((row) => [row.Spot, toSpot(row)]));
}

interface Row {
  readonly Spot: number;
  readonly ServiceName: string;
  readonly SpanName: string;
  readonly TargetService: string;
  readonly TargetName: string;
}

function toSpot({ Spot, ServiceName, SpanName, TargetService, TargetName }: Row): Spot {
  const target = TargetService === '' ? undefined : { service: TargetService, operation: TargetName };
  return { id: Spot, service: ServiceName, operation: SpanName, target };
}
