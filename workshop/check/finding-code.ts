import { CODE_TABLE, type Code as OwnershipCode } from 'service-ownership/codes';
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
  'malformed-file',
] as const;

export type RunCode = (typeof RUN_CODES)[number];

const ANSWER = 'unsupported-answer';

/** Every code that a check can give. */
export type FindingCode = ShapeCode | OwnershipCode | RunCode | OwnershipRunCode;

/**
 * What is wrong with a promise or with what changed, beside what the package finds: the page goes to somebody else than the
 * cause's owner; a change cannot be found by the telemetry; there is a suspect where nothing was changed.
 */
export const OWNERSHIP_RUN_CODES = ['wrong-page', 'not-findable', 'false-alarm'] as const;

export type OwnershipRunCode = (typeof OWNERSHIP_RUN_CODES)[number];

/**
 * All codes in mending order, those of the run first: what keeps the app from running, or a library from making its
 * spans, is the cause of much else. Who owns what is said on the resource first, then in files. An answer comes last: it
 * rests on all the others.
 */
export const FINDING_CODES: readonly FindingCode[] = [
  ...new Set<FindingCode>([
    ...RUN_CODES.filter((code) => code !== ANSWER),
    'not-instrumented',
    ...SHAPE_CODES,
    ...ownershipCodes(),
    ...OWNERSHIP_RUN_CODES,
    ANSWER,
  ]),
];

function ownershipCodes(): readonly OwnershipCode[] {
  return Object.keys(CODE_TABLE) as OwnershipCode[];
}
