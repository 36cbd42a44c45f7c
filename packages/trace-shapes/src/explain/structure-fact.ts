import type { Fact } from '../match/fact.ts';

/** The facts about how spans stand to each other; the others are about one span, which is where it should be. */
export type StructureFact = Extract<Fact, { readonly code: (typeof STRUCTURE_CODES)[number] }>;

/** Whether a fact is about how spans stand to each other. */
export function isAboutStructure(fact: Fact): fact is StructureFact {
  return STRUCTURE_CODES.some((code) => code === fact.code);
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
