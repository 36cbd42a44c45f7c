import type { Reason } from '../pages/cause.ts';
import type { Share } from '../what-changed/compare-shares.ts';
import type { SuspectCode } from '../what-changed/credit.ts';
import type { Place } from '../what-changed/spot.ts';
import { duration, percent, plural, ticked } from './phrases.ts';

/** Why somebody is suspected, in words that end a sentence. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'own-errors': {
      const { errors, requests, wasShare } = reason;
      const before = beforeWords(wasShare, (share) =>
        share === 0 ? 'none before' : `before, in ${percent(share)} of them`,
      );
      return `${plural(errors, 'error')} in ${plural(requests, 'request')} began here; ${before}`;
    }
    case 'own-time': {
      const before = beforeWords(reason.wasMs, (ms) => `before, ${duration(ms)}`);
      return `its own time on the critical path is ${duration(reason.isMs)} a request; ${before}`;
    }
    case 'held':
      return `${reason.waits} of ${reason.of} queries that waited, up to ${duration(reason.longestMs)}, went on when it ended`;
    case 'change':
      return changeWords(reason.code, reason.call, reason);
  }
}

function beforeWords(before: number | undefined, words: (before: number) => string): string {
  return before === undefined ? 'there is nothing from before to compare with' : words(before);
}

/** What what-changed found at a place, with how many behaved so. */
export function changeWords(
  code: SuspectCode,
  call: Place | undefined,
  { before, after }: { readonly before: Share; readonly after: Share },
): string {
  const what = CHANGES[code](call ? `${ticked(call.service)} ${ticked(call.operation)}` : 'others');
  return `${what}: ${shareWords(after)}, before ${shareWords(before)}`;
}

function shareWords({ hits, of }: Share): string {
  return of === 0 ? 'none' : `${hits.toLocaleString('en')} of ${of.toLocaleString('en')}`;
}

const CHANGES: Readonly<Record<SuspectCode, (call: string) => string>> = {
  slower: () => 'its own time grew',
  'slow-to-reach': () => 'calls to it take longer than it knows: the network, or a queue before it',
  'slow-to-call': (call) => `its calls to ${call} take longer than the callee knows`,
  failing: () => 'errors begin here',
  unreachable: () => 'calls to it fail, and it knows nothing of them',
  'stops-early': () => 'it ends without what it did before',
  'stops-callers': () => 'those who call it end after that call',
  'calls-more': (call) => `it calls ${call} more often`,
  'calls-less': (call) => `it calls ${call} less often`,
};
