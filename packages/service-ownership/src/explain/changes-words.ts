import type { RankedSuspect } from '../what-changed/find-suspects.ts';
import { SURE } from '../what-changed/find-suspects.ts';
import type { Changes } from '../what-changed/what-changed.ts';
import { duration, percent, plural } from './phrases.ts';
import { changeWords } from './reason-words.ts';

/** What changed as a whole, in a sentence or two. */
export function explainChanges({ whole: { before, after }, changed }: Changes): string {
  const traces = `${plural(before.traces, 'trace')} before, ${after.traces.toLocaleString('en')} after`;
  if (before.traces === 0 || after.traces === 0) return `There is nothing to compare: ${traces}.`;
  const errors = `${percent(before.failed / before.traces)} failed before, ${percent(after.failed / after.traces)} after`;
  const time = `half of them took ${duration(before.p50Ms)} and take ${duration(after.p50Ms)}, 99 of 100 ${duration(before.p99Ms)} and ${duration(after.p99Ms)}`;
  const answer = changed ? 'Something changed.' : 'Nothing changed that chance does not explain.';
  return `${answer} ${traces}: ${time}; ${errors}.`;
}

/** Why a suspect is one, and how sure that is. */
export function explainSuspect({ code, call, evidence, chance }: RankedSuspect): string {
  const [first] = evidence;
  const why = first ? changeWords(code, call, first) : code;
  return `${why}; ${chance <= SURE ? 'sure' : 'may be chance'} (p ${chance.toFixed(3)})`;
}
