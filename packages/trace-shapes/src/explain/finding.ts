import type { ShapeCode } from '../match/fact.ts';
import type { SpanKind } from '../otlp/telemetry.ts';

/** One mistake, in words. Plain data, the same for a terminal, JSON, a page and a test runner. */
export interface Finding<Code extends string = ShapeCode> {
  readonly code: Code;
  /** What is wrong, with the values. */
  readonly message: string;
  /** Why that happens, and what to try. */
  readonly hint: string;
  readonly expected: string;
  readonly actual: string;
  readonly service: string | undefined;
  readonly span: string | undefined;
  readonly traceId: string | undefined;
  /** `file:line` of what to change, if it can be told. */
  readonly location: string | undefined;
  /** In how many places the same mistake was found. */
  readonly times: number;
}

/** What a comparison of traces with a shape came to. */
export interface Verdict<Code extends string = ShapeCode> {
  readonly status: 'pass' | 'fail';
  /** In the order in which to mend them. */
  readonly findings: readonly Finding<Code>[];
  readonly picture: Picture;
}

/** Expected and emitted in one: the trees to show, and how many more there were. */
export interface Picture {
  readonly trees: readonly PictureTree[];
  /** Traces of the same kind that are not shown. */
  readonly omittedTraces: number;
  /** The share of the first tree's time, from 0 to 1, that spans below its root explain. */
  readonly explainedShare: number | undefined;
}

export interface PictureTree {
  /** What makes this tree special, such as `in a trace of its own`. */
  readonly title: string | undefined;
  readonly root: PictureNode;
}

/** `expected` stands for a span that is not there; `wrong` for one that is mistaken or out of place. */
export type Mark = 'plain' | 'matched' | 'new' | 'wrong' | 'expected';

export interface PictureNode {
  readonly name: string;
  readonly kind: SpanKind | undefined;
  readonly service: string | undefined;
  readonly mark: Mark;
  /** The findings that speak of this place, by their numbers from 1. */
  readonly notes: readonly number[];
  /** `undefined` for a span that is not there. */
  readonly time: { readonly durationMs: number; readonly from: number; readonly to: number } | undefined;
  /** More siblings like this one, that are not shown. */
  readonly repeated: number;
  /** Children of other names that are not shown. */
  readonly omitted: number;
  readonly children: readonly PictureNode[];
}
