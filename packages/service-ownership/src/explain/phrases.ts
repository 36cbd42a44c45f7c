/** A name as it stands in a sentence. */
export function ticked(name: string): string {
  return `\`${name}\``;
}

/** `1 call`, `1,200 calls`. */
export function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`; of more than six the rest is counted. */
export function listed(items: readonly string[]): string {
  if (items.length > 6) return `${items.slice(0, 6).join(', ')} and ${items.length - 6} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A share as people read it: `99.95 %`, `0.1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${Number(value.toFixed(Math.abs(value) >= 99 && Math.abs(value) < 100 ? 3 : Math.abs(value) < 10 ? 2 : 1))} %`;
}

/** A duration as people read it: `0.4 ms`, `12 ms`, `3.2 s`, `4 min`. */
export function duration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 100_000) return `${Number((ms / 1000).toFixed(1))} s`;
  if (ms < 2 * 3_600_000) return `${Number((ms / 60_000).toFixed(1))} min`;
  return ms < 3 * 86_400_000 ? `${Number((ms / 3_600_000).toFixed(1))} h` : `${Number((ms / 86_400_000).toFixed(1))} d`;
}
