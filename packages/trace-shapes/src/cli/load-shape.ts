import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { traces } from '../shape/build.ts';
import type { Expected, TelemetryShape, TraceShape } from '../shape/shape.ts';
import { UsageError } from './surroundings.ts';

type Shape = Expected | TelemetryShape;

/** The shape that a module exports under a name; if none is given, its default export or else its only shape. */
export async function loadShape(file: string, name: string | undefined, cwd: string): Promise<Shape> {
  const module = await load(file, cwd);
  const shapes = new Map(
    Object.entries(module).flatMap(([key, value]) => toShape(value).map((shape) => [key, shape] as const)),
  );
  const names = [...shapes.keys()].map((one) => `\`${one}\``).join(', ');
  if (shapes.size === 0)
    throw new UsageError(`\`${file}\` exports no shape. Export what trace(…), traces(…) or telemetry(…) returned.`);
  const found = shapes.get(name ?? (shapes.has('default') ? 'default' : ([...shapes.keys()][0] ?? '')));
  if (name !== undefined && !found)
    throw new UsageError(`\`${file}\` exports no shape \`${name}\`. It exports ${names}.`);
  if (name === undefined && shapes.size > 1 && !shapes.has('default'))
    throw new UsageError(`\`${file}\` exports several shapes: ${names}. Say which one with --export.`);
  return found as Shape;
}

async function load(file: string, cwd: string): Promise<object> {
  if (!existsSync(resolve(cwd, file))) throw new UsageError(`Failed to load \`${file}\`: there is no such file.`);
  try {
    return await import(pathToFileURL(resolve(cwd, file)).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Failed to load \`${file}\`: ${reason}`, { cause: error });
  }
}

function toShape(value: unknown): readonly Shape[] {
  if (Array.isArray(value)) return value.length > 0 && value.every(isTraceShape) ? [traces(value)] : [];
  return isTyped(value) && SHAPES.has(value.type) ? [value as Shape] : [];
}

function isTraceShape(value: unknown): value is TraceShape {
  return isTyped(value) && value.type === 'trace';
}

function isTyped(value: unknown): value is { readonly type: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value;
}

const SHAPES: ReadonlySet<unknown> = new Set(['trace', 'traces', 'telemetry']);
