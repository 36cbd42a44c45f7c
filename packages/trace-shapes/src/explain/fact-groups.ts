import type { Fact } from '../match/fact.ts';

/** The facts about how spans stand to each other. */
export type StructureFact = Extract<Fact, { readonly code: (typeof STRUCTURE_CODES)[number] }>;

/** The facts about what is not there for a reason that lies outside of the trace. */
export type AbsenceFact = Extract<Fact, { readonly code: (typeof ABSENCE_CODES)[number] }>;

/** The facts about spans in their place and what binds them: links, order, time. */
export type RelationFact = Extract<Fact, { readonly code: (typeof RELATION_CODES)[number] }>;

/** The facts about logs and metrics. */
export type SignalFact = Extract<Fact, { readonly code: (typeof SIGNAL_CODES)[number] }>;

/** The facts about one span, which is where it should be. */
export type SpanFact = Exclude<Fact, StructureFact | AbsenceFact | RelationFact | SignalFact>;

export function isAboutStructure(fact: Fact): fact is StructureFact {
  return STRUCTURE_CODES.some((code) => code === fact.code);
}

export function isAboutAbsence(fact: Fact): fact is AbsenceFact {
  return ABSENCE_CODES.some((code) => code === fact.code);
}

export function isAboutRelation(fact: Fact): fact is RelationFact {
  return RELATION_CODES.some((code) => code === fact.code);
}

export function isAboutSignal(fact: Fact): fact is SignalFact {
  return SIGNAL_CODES.some((code) => code === fact.code);
}

const STRUCTURE_CODES = [
  'no-spans',
  'orphan-span',
  'mixed-requests',
  'lost-context',
  'wrong-parent',
  'duplicate-span',
  'wrong-count',
  'missing-span',
  'unexpected-span',
] as const;

const ABSENCE_CODES = ['silent-service', 'partial-trace', 'not-instrumented'] as const;

const RELATION_CODES = ['missing-link', 'wrong-order', 'not-parallel', 'ended-too-early', 'ended-too-late'] as const;

const SIGNAL_CODES = [
  'uncorrelated-log',
  'missing-log',
  'unexpected-log',
  'missing-metric',
  'wrong-metric',
  'high-cardinality-metric',
] as const;
