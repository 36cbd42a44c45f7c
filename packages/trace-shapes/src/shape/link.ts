import { type Predicate, type PredicateInput, toPredicate, toPredicates } from './predicate.ts';

/** A link that a span must carry, by the role of the span at its other end. */
export interface LinkShape {
  /** The label of the other span's shape where some shape has it, else the span's name. */
  readonly to: Predicate;
  readonly attributes: Readonly<Record<string, Predicate>>;
  /** At least so many links. */
  readonly times: number;
}

/**
 * A link to the span with a role: the one whose shape has this label or, where no shape has it, whose name is this.
 * Where both ends' shapes name a `same(…)` value, the two must agree. With `times`, at least so many such links.
 * @example consumer('send receipts', { links: [to('enqueue receipt', { times: 3 })] })
 */
export function to(
  role: string | RegExp,
  options: { readonly attributes?: Readonly<Record<string, PredicateInput>>; readonly times?: number } = {},
): LinkShape {
  return { to: toPredicate(role), attributes: toPredicates(options.attributes), times: options.times ?? 1 };
}
