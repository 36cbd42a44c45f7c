import type { Fact, RepeatedFact } from '../match/fact.ts';
import { absenceWords } from './absence-words.ts';
import { isAboutAbsence, isAboutRelation, isAboutSignal, isAboutStructure } from './fact-groups.ts';
import type { Words } from './phrases.ts';
import { relationWords } from './relation-words.ts';
import { signalWords } from './signal-words.ts';
import { spanWords } from './span-words.ts';
import { structureWords } from './structure-words.ts';

/** Finds the words for a fact: what, why, and what to try. A hint of the shape for this code replaces the general one. */
export function wordsFor({ fact, times }: RepeatedFact): Words {
  const words = generalWords(fact, times);
  const more = times > 1 && !isCounted(fact) ? ` (${times} times)` : '';
  return { ...words, message: words.message.replace(/\.$/, `${more}.`), hint: ownHint(fact) ?? words.hint };
}

function generalWords(fact: Fact, times: number): Words {
  if (isAboutStructure(fact)) return structureWords(fact, times);
  if (isAboutAbsence(fact)) return absenceWords(fact);
  if (isAboutRelation(fact)) return relationWords(fact);
  return isAboutSignal(fact) ? signalWords(fact) : spanWords(fact);
}

function isCounted(fact: Fact): boolean {
  return (
    fact.code === 'wrong-count' ||
    fact.code === 'silent-service' ||
    (fact.code === 'duplicate-span' && fact.exportedTwice)
  );
}

function ownHint(fact: Fact): string | undefined {
  const shape =
    fact.code === 'orphan-span' ? (fact.unfinished ?? fact.shape) : 'shape' in fact ? fact.shape : undefined;
  // Whoever knows what to do about a missing span knows it whatever the reason is.
  return shape?.hints[fact.code] ?? (isAboutAbsence(fact) ? shape?.hints['missing-span'] : undefined);
}
