/** How often the right service was among the first k; from 0 to 1. */
export interface Accuracy {
  readonly cases: number;
  readonly 'AC@1': number;
  readonly 'AC@3': number;
  readonly 'AC@5': number;
  /** The mean of AC@1 to AC@5. */
  readonly 'Avg@5': number;
}

/** Sums up at which ranks the right services stood: 1 is first, undefined is nowhere. */
export function accuracyOf(ranks: readonly (number | undefined)[]): Accuracy {
  const within = (k: number): number => ranks.filter((rank) => rank !== undefined && rank <= k).length / ranks.length;
  return {
    cases: ranks.length,
    'AC@1': round(within(1)),
    'AC@3': round(within(3)),
    'AC@5': round(within(5)),
    'Avg@5': round([1, 2, 3, 4, 5].reduce((sum, k) => sum + within(k), 0) / 5),
  };
}

/** The rank at which a service stands in a list of services; the first is 1. */
export function rankOf(service: string, services: readonly string[]): number | undefined {
  const i = [...new Set(services)].indexOf(service);
  return i < 0 ? undefined : i + 1;
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
