import { clip } from '../otlp/plain-text.ts';
import { nameOf } from '../shape/describe-shape.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';

/** What a fact says in words. */
export interface Words {
  readonly message: string;
  readonly hint: string;
  readonly expected: string;
  readonly actual: string;
}

/** A span that came, by its name. */
export function named(node: SpanNode): string {
  return code(node.span.name);
}

/** A span that is expected, by its name. */
export function wanted(shape: SpanShape): string {
  return code(nameOf(shape));
}

/** A text as code, however many lines or backticks it has. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${clip(line, MOST_OF_A_NAME)}\``;
}

/** ` below x`, or nothing for what is a root. */
export function below(parent: SpanNode | undefined): string {
  return parent ? ` below ${named(parent)}` : '';
}

/** A duration in words: `12 ms`, `0.4 ms`. */
export function ms(duration: number): string {
  return duration >= 10 ? `${Math.round(duration)} ms` : `${Math.round(duration * 10) / 10} ms`;
}

const MOST_OF_A_NAME = 80;
