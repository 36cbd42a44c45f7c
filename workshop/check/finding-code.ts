import { SHAPE_CODES, type ShapeCode } from 'trace-shapes';

/** The codes that a run itself can give, whatever its spans are like. */
export const RUN_CODES = [
  'app-did-not-start',
  'app-crashed',
  'timed-out',
  'behaviour-changed',
  'not-flushed',
  'unsupported-answer',
  'still-patched',
] as const;

/** What the tools of ownership could not do with the telemetry. */
export const OWNERSHIP_CODES = ['not-findable', 'false-alarm'] as const;

export type RunCode = (typeof RUN_CODES)[number];

const ANSWER = 'unsupported-answer';

/** Every code that a check can give. */
export type FindingCode = ShapeCode | RunCode | (typeof OWNERSHIP_CODES)[number];

/**
 * All codes in mending order, those of the run first: what keeps the app from running, or a library from making its
 * spans, is the cause of much else. An answer comes last: it rests on all the others.
 */
export const FINDING_CODES: readonly FindingCode[] = [
  ...new Set<FindingCode>([
    ...RUN_CODES.filter((code) => code !== ANSWER),
    'not-instrumented',
    ...SHAPE_CODES,
    ...OWNERSHIP_CODES,
    ANSWER,
  ]),
];
