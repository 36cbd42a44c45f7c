import type { SpanShape } from './shape.ts';

/**
 * How children of one span stand to each other in time. A part is the index of a child's shape, whose spans each count
 * for themselves, or an arrangement, which counts as one stretch of time.
 */
export interface Arrangement {
  readonly type: 'sequential' | 'parallel';
  readonly parts: readonly (number | Arrangement)[];
  /** In milliseconds; `undefined` stands for the default of the type. */
  readonly toleranceMs: number | undefined;
}

/** Children that follow each other or run side by side, where a child may stand. */
export interface SpanGroup {
  readonly type: 'sequential' | 'parallel';
  readonly members: readonly Arranged[];
  readonly toleranceMs: number | undefined;
}

/** A child, or a group of children. */
export type Arranged = SpanShape | SpanGroup;

/** How far two times of different spans may be off: each start has a resolution of 1 ms in several SDKs. */
export const TOLERANCE_MS = 2;

interface Tolerance {
  /** Milliseconds by which the spans may miss what is said of them. */
  readonly toleranceMs?: number;
}

/**
 * Children that follow each other: each begins when the one before has ended, or up to `toleranceMs` (2 ms) sooner.
 * Several spans of one shape follow each other too.
 * @example server('POST /orders', sequential(internal('price basket'), internal('charge card')))
 */
export function sequential(...members: readonly [Tolerance, ...Arranged[]] | readonly Arranged[]): SpanGroup {
  return toGroup('sequential', members);
}

/**
 * Children that run side by side: together they take little longer than the longest of them. Merely to overlap is not
 * enough. They may take `toleranceMs` longer; if not given, 2 ms and a quarter of what the others take.
 * @example server('GET /yarns', parallel(client('SELECT stock'), client('SELECT prices')))
 */
export function parallel(...members: readonly [Tolerance, ...Arranged[]] | readonly Arranged[]): SpanGroup {
  return toGroup('parallel', members);
}

function toGroup(type: SpanGroup['type'], members: readonly (Tolerance | Arranged)[]): SpanGroup {
  const [first] = members;
  if (first !== undefined && !('type' in first))
    return { type, members: members.slice(1) as readonly Arranged[], toleranceMs: first.toleranceMs };
  return { type, members: members as readonly Arranged[], toleranceMs: undefined };
}

/**
 * Takes groups apart into the children and what is said of their order.
 * @param before how many children there are already
 */
export function placeChildren(arranged: readonly Arranged[], before = 0): Pick<SpanShape, 'children' | 'arrangements'> {
  const children: SpanShape[] = [];
  const place = (one: Arranged): number | Arrangement => {
    if (one.type === 'span') return before + children.push(one) - 1;
    return { type: one.type, parts: one.members.map(place), toleranceMs: one.toleranceMs };
  };
  const arrangements = arranged.map(place).filter((one) => typeof one !== 'number');
  return { children, arrangements };
}

/**
 * A span that begins and ends while its parent lasts, or misses that by up to `toleranceMs` (2 ms; more where the two
 * are made on machines with clocks of their own).
 * @example server('POST /orders', within(internal('charge card')))
 */
export function within(shape: SpanShape, { toleranceMs = TOLERANCE_MS }: Tolerance = {}): SpanShape {
  return { ...shape, within: { toleranceMs } };
}
