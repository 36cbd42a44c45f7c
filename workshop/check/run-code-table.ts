import type { OwnershipRunCode, RunCode } from './finding-code.ts';

/** Every code of the workshop's own: what it says, the likeliest cause, and what to try. Those of spans and of ownership are in the packages' tables. */
export const RUN_CODE_TABLE: Readonly<Record<RunCode | OwnershipRunCode, RunCodeDescription>> = {
  'app-did-not-start': {
    what: 'A process ended before it listened, or did not listen in time.',
    why: 'A typing mistake in the file saved last, a call that the SDK of today no longer has, or a machine that is slow today.',
    try: '`npm run logs` has its last words; the finding names the new call. `WORKSHOP_DEADLINE=90` waits longer.',
  },
  'app-crashed': {
    what: 'A process ended while it was asked for something.',
    why: 'An error outside of every handler: in a callback, a timer or a promise that nobody awaits.',
    try: 'Its last words are in the finding. Catch it where it is thrown.',
  },
  'timed-out': {
    what: 'A request was never answered, or what should follow it never came.',
    why: 'A callback that is not called any more, or a machine that is slow today.',
    try: 'Look at what was changed last; `WORKSHOP_DEADLINE=90` waits longer.',
  },
  'behaviour-changed': {
    what: 'The app answers, or leaves behind, something else than before.',
    why: 'More was changed than what can be seen of it.',
    try: '`npm run diff` shows what was changed.',
  },
  'not-flushed': {
    what: 'Spans that were made are lost when the process is asked to end.',
    why: 'It ends before its exporter has sent them.',
    try: 'Await `sdk.shutdown()` on SIGTERM, and end after it.',
  },
  'still-patched': {
    what: 'A library makes spans after its instrumentation was disabled.',
    why: 'What undoes the patch is missing or does nothing.',
    try: '`unwrap` in the second function that `init` gives.',
  },
  'malformed-file': {
    what: 'A file of the catalogue or of the objectives cannot be read.',
    why: 'In YAML the spaces count.',
    try: 'The finding names the line; compare it with the file next to it.',
  },
  'wrong-page': {
    what: 'Somebody is woken who does not own the cause.',
    why: 'Nobody is said to own it, so that the page goes to those who made the promise.',
    try: 'Name the owner in the catalogue and on the resource.',
  },
  'not-findable': {
    what: 'A change cannot be found by what the spans say.',
    why: 'A trace breaks off before the service that changed, or its version, flag or tenant is on no span.',
    try: 'The finding says what is lacking, and where.',
  },
  'false-alarm': {
    what: 'A suspect is named though nothing was changed.',
    why: 'Something differs from visit to visit that nobody changed.',
    try: '`npm run -s ownership -- what-changed` shows what it went by.',
  },
  'unsupported-answer': {
    what: 'INCIDENT.md lacks an answer, or its evidence does not bear it.',
    why: 'A trace of somebody who only waited, or of another night.',
    try: 'The finding says what the evidence shows.',
  },
};

/** A code in words. */
export type RunCodeDescription = { readonly what: string; readonly why: string; readonly try: string };
