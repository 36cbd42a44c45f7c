import type { Check } from './check.ts';
import { findingOf, plainCheck } from './define-check.ts';

/** The shop does what it did before: whatever a stage adds, it must not change behaviour. */
export const sameBehaviour: Check = plainCheck({
  id: 'same-behaviour',
  title: 'the shop behaves as before',
  judge: ({ facts }) =>
    facts.broken.slice(0, MOST).map((what) =>
      findingOf({
        code: 'behaviour-changed',
        message: `${what}.`,
        hint: 'Tracing must not change what the shop does. Does every path still answer, and is every promise still awaited? `npm run diff` shows what you changed.',
        expected: 'the behaviour of the legacy app',
        actual: what,
      }),
    ),
});

/** Spans that were made reach the receiver, also those that wait to be sent when the process is stopped. */
export const nothingLost: Check = plainCheck({
  id: 'nothing-lost',
  title: 'no span is lost on SIGTERM',
  judge({ telemetry, control, stops }) {
    const before = control?.telemetry.spans.length ?? 0;
    if (telemetry.spans.length > 0 || before === 0) return [];
    const killed = stops.filter(({ signal }) => signal === 'SIGTERM').map(({ name }) => `\`${name}\``);
    return [
      findingOf({
        code: 'not-flushed',
        message: `${before} spans were made and none arrived: they were still waiting to be sent when the process ended.`,
        hint: `${
          killed.length > 0
            ? `${killed.join(', ')} ended by SIGTERM with no handler for it.`
            : 'The process ended before the SDK had sent what it held.'
        } A batch processor sends every 5 s. On SIGTERM, await \`sdk.shutdown()\`, and only then exit.`,
        expected: `${before} spans`,
        actual: '0 spans',
      }),
    ];
  },
});

const MOST = 3;
