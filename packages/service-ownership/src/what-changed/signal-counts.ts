import type { Signal, SignalKind } from './signal.ts';
import type { Spot } from './spot.ts';

/** What a count is of: a spot, with a child or not, on one side, in one block. */
export interface Cell {
  readonly Spot: number;
  readonly Child?: number;
  readonly Side: number;
  readonly Block: number;
}

/** Gathers the rows of the engine, which come in any order and leave out what was never counted. */
export class SignalCounts {
  readonly selfMs = new Map<Spot, number[]>();
  readonly #spans = new Map<Spot, number[]>();
  readonly #signals = new Map<string, Signal & { readonly of: number[]; readonly hits: number[] }>();
  readonly #spots: ReadonlyMap<number, Spot>;
  readonly #blocks: number;

  constructor(spots: ReadonlyMap<number, Spot>, blocks: number) {
    this.#spots = spots;
    this.#blocks = blocks;
  }

  isCall({ Spot }: Cell): boolean {
    return this.#spot(Spot).target !== undefined;
  }

  addSpans(cell: Cell, spans: number, selfMs: number): void {
    const spot = this.#spot(cell.Spot);
    this.#increase(this.#zeros(this.#spans, spot), cell, spans);
    this.#increase(this.#zeros(this.selfMs, spot), cell, selfMs);
  }

  add(kind: SignalKind, cell: Cell, of: number, hits: number): void {
    const signal = this.#signal(kind, cell);
    this.#increase(signal.of, cell, of);
    this.#increase(signal.hits, cell, hits);
  }

  /** Of all spans of the spot, whether they have the child or not; a negative count is of those that do not. */
  addShare(kind: SignalKind, cell: Cell, hits: number): void {
    this.#increase(this.#signal(kind, cell).hits, cell, hits);
  }

  signals(): readonly Signal[] {
    return [...this.#signals.values()].map((signal) => this.#complete(signal)).sort(byKey);
  }

  #complete(signal: Signal): Signal {
    if (signal.kind !== 'has' && signal.kind !== 'has-more' && signal.kind !== 'lacks') return signal;
    const of = this.#spans.get(signal.spot) ?? [];
    const hits = signal.kind === 'lacks' ? signal.hits.map((count, i) => (of[i] ?? 0) + count) : signal.hits;
    return { ...signal, of, hits };
  }

  #signal(kind: SignalKind, { Spot, Child }: Cell): Signal & { readonly of: number[]; readonly hits: number[] } {
    const key = `${kind} ${Spot} ${Child}`;
    const known = this.#signals.get(key);
    if (known) return known;
    const child = Child === undefined ? undefined : this.#spot(Child);
    const signal = { kind, spot: this.#spot(Spot), child, of: this.#row(), hits: this.#row() };
    this.#signals.set(key, signal);
    return signal;
  }

  #increase(counts: number[], { Side, Block }: Cell, by: number): void {
    const i = Side * this.#blocks + Block;
    counts[i] = (counts[i] ?? 0) + by;
  }

  #zeros(map: Map<Spot, number[]>, spot: Spot): number[] {
    const known = map.get(spot) ?? this.#row();
    map.set(spot, known);
    return known;
  }

  #row(): number[] {
    return new Array<number>(this.#blocks * 2).fill(0);
  }

  #spot(id: number): Spot {
    const spot = this.#spots.get(id);
    if (!spot) throw new Error(`The engine counted spot ${id}, which it did not list.`);
    return spot;
  }
}

/** The order of signals must not depend on the order of rows: it breaks ties. */
function byKey(a: Signal, b: Signal): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ spot, kind, child }: Signal): string {
  const names = [spot.service, spot.operation, spot.target?.service, spot.target?.operation, kind];
  return [...names, child?.service, child?.operation, child?.target?.service].join('\u0000');
}
