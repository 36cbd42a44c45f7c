import type { SeparatingValue } from '../what-changed/separating-values.ts';
import { type Changes, isSure, type Suspect } from '../what-changed/what-changed.ts';
import { duration, percent, plural, ticked } from './phrases.ts';
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

/** Why a suspect is one, what its changed traces have in common, and how sure that is. */
export function explainSuspect(suspect: Suspect): string {
  const { code, call, evidence, chance, value } = suspect;
  const [first] = evidence;
  const why = first ? changeWords(code, call, first) : code;
  const sure = `${isSure(suspect) ? 'sure' : 'may be chance'} (p ${chance.toFixed(3)})`;
  return value ? `${why}; ${valueWords(value)}; ${sure}` : `${why}; ${sure}`;
}

/** Which attribute value tells the changed traces from the others, and how well. */
export function valueWords({ service, key, value, after, othersAfter: others }: SeparatingValue): string {
  const having = `${after.changed} of ${plural(after.traces, 'trace')} with ${ticked(key)} ${ticked(value)} of ${ticked(service)} are so`;
  return others.traces === 0
    ? `${having}, and there are no others`
    : `${having}, and ${others.changed} of ${others.traces} others`;
}
