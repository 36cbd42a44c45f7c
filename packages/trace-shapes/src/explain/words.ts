import type { Fact, RepeatedFact } from '../match/fact.ts';
import type { Words } from './phrases.ts';
import { spanWords } from './span-words.ts';
import { isAboutStructure } from './structure-fact.ts';
import { structureWords } from './structure-words.ts';

/** Finds the words for a fact: what, why, and what to try. A hint of the shape for this code replaces the general one. */
export function wordsFor({ fact, times }: RepeatedFact): Words {
  const words = isAboutStructure(fact) ? structureWords(fact, times) : spanWords(fact);
  const more = times > 1 && !isCounted(fact) ? ` (${times} times)` : '';
  return { ...words, message: words.message.replace(/\.$/, `${more}.`), hint: ownHint(fact) ?? words.hint };
}

function isCounted(fact: Fact): boolean {
  return fact.code === 'wrong-count' || (fact.code === 'duplicate-span' && fact.exportedTwice);
}

function ownHint(fact: Fact): string | undefined {
  const shape =
    fact.code === 'orphan-span' ? (fact.unfinished ?? fact.shape) : 'shape' in fact ? fact.shape : undefined;
  return shape?.hints[fact.code];
}
