import { wrap } from 'trace-shapes/render';
import { explainChanges, explainSuspect } from '../explain/changes-words.ts';
import { percent } from '../explain/phrases.ts';
import type { Changes } from '../what-changed/what-changed.ts';
import { indent } from './table.ts';

/** What changed, and the first suspects, the likeliest first. */
export function renderChanges(changes: Changes, { width }: { readonly width: number }): string {
  const columns = Math.max(Math.min(width, 120), 60) - 4;
  const suspects = changes.suspects.slice(0, MOST).flatMap((suspect, i) => {
    const effect = percent(suspect.evidence[0]?.effect ?? 0);
    return [
      `${i + 1}. ${suspect.service}  ${suspect.operation}  (${effect} of all)`,
      ...wrap(explainSuspect(suspect), columns, '   '),
    ];
  });
  return indent(
    [...wrap(explainChanges(changes), columns), '', ...suspects].slice(0, suspects.length > 0 ? undefined : -1),
  );
}

const MOST = 8;
