/** How long a span must last, by another clock or beside another span of its trace. */
export type DurationShape =
  | { readonly type: 'measured'; readonly ms: number; readonly toleranceMs: number }
  | {
      readonly type: 'beside';
      readonly relation: 'as-long-as' | 'no-longer-than' | 'no-shorter-than';
      /** The other span's label, or its name. */
      readonly role: string;
      readonly toleranceMs: number;
    };

interface Tolerance {
  readonly toleranceMs?: number;
}

/**
 * As long as a clock outside of the system measured it, say the time from request to response in the test's own process.
 * @param ms what the clock measured, in milliseconds
 * @param options `toleranceMs` either way; if not given, 10 ms or a tenth, whichever is more
 * @example server('POST /orders', { lasts: measured(412) })
 */
export function measured(ms: number, { toleranceMs = Math.max(10, ms / 10) }: Tolerance = {}): DurationShape {
  return { type: 'measured', ms, toleranceMs };
}

/**
 * As long as another span of the same trace, named by its label or its name; `toleranceMs` is 5 ms if not given.
 * @example client('POST', server('POST /charges', { lasts: asLongAs('POST') }))
 */
export function asLongAs(role: string, { toleranceMs = 5 }: Tolerance = {}): DurationShape {
  return { type: 'beside', relation: 'as-long-as', role, toleranceMs };
}

/**
 * At most as long as another span of the same trace; `toleranceMs` is 2 ms if not given.
 * @example internal('read cache', { lasts: noLongerThan('load yarns') })
 */
export function noLongerThan(role: string, { toleranceMs = 2 }: Tolerance = {}): DurationShape {
  return { type: 'beside', relation: 'no-longer-than', role, toleranceMs };
}

/**
 * At least as long as another span of the same trace; `toleranceMs` is 2 ms if not given.
 * @example internal('place order', { lasts: noShorterThan('charge card') })
 */
export function noShorterThan(role: string, { toleranceMs = 2 }: Tolerance = {}): DurationShape {
  return { type: 'beside', relation: 'no-shorter-than', role, toleranceMs };
}
