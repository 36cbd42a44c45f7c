import { SHAPE_CODES, type ShapeCode } from 'trace-shapes';

/** The codes that a run itself can give, whatever its spans are like. */
export const RUN_CODES = [
  'app-did-not-start',
  'app-crashed',
  'timed-out',
  'behaviour-changed',
  'not-flushed',
  'unsupported-answer',
  'not-instrumented',
  'still-patched',
] as const;

export type RunCode = (typeof RUN_CODES)[number];

/** What the stages' own checks find out about spans, beside what shapes say. */
export const SPAN_CODES = ['missing-link'] as const;

export type SpanCode = (typeof SPAN_CODES)[number];

/** Every code that a check can give. */
export type FindingCode = ShapeCode | RunCode | SpanCode;

/** All codes, those of the run first: what keeps the app from running is to be mended first. */
export const FINDING_CODES: readonly FindingCode[] = [...new Set([...RUN_CODES, ...SHAPE_CODES, ...SPAN_CODES])];
