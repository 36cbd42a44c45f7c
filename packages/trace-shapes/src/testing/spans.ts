import type { SketchedSpan } from './sketch-traces.ts';

/** An INTERNAL span for a sketch. */
export function work(name: string, ...children: readonly SketchedSpan[]): SketchedSpan {
  return { name, children };
}

/** A SERVER span for a sketch. */
export function request(name: string, ...children: readonly SketchedSpan[]): SketchedSpan {
  return { name, kind: 'server', children };
}

/** A CLIENT span for a sketch. */
export function call(name: string, ...children: readonly SketchedSpan[]): SketchedSpan {
  return { name, kind: 'client', children };
}
