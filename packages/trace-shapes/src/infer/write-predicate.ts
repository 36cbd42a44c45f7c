import type { AttributeValue } from '../otlp/telemetry.ts';
import type { Predicate } from '../shape/predicate.ts';
import { quoted } from './write-code.ts';

/** A predicate as code; the builders that it takes are added to `used`. */
export function writePredicate(predicate: Predicate, used: Set<string>): string {
  if (predicate.type === 'literal') return writeLiteral(predicate.value);
  if (predicate.type === 'pattern') return `${predicate.pattern}`;
  const name = predicate.type === 'type-of' ? (BUILDERS[predicate.of] ?? 'present') : 'present';
  used.add(name);
  return name;
}

function writeLiteral(value: AttributeValue): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return quoted(value);
  return JSON.stringify(value);
}

const BUILDERS: Readonly<Record<string, string>> = {
  string: 'anyString',
  number: 'anyNumber',
  integer: 'anyInteger',
  boolean: 'anyBoolean',
  array: 'anyArray',
};
