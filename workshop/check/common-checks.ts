import type { LogLine } from '../app/app-log.ts';
import type { ProcessStop } from '../app/start-process.ts';
import type { Check, CheckFinding, StageRun } from './check.ts';
import { findingOf, plainCheck } from './define-check.ts';
import { sayCarrier, searchExports } from './search-exports.ts';

/** The shop does what it did before: whatever a stage adds, it must not change behaviour. */
export const sameBehaviour: Check = plainCheck({
  id: 'same-behaviour',
  title: 'the shop behaves as before',
  judge(run) {
    // A shutdown that waits for a receiver that is not there is silence, and told as that.
    const stops = hasSpans(run) ? run.stops : [];
    const logged = newError(run.log);
    return [
      ...run.facts.broken.slice(0, MOST).map((what) => brokenPromise(what, logged)),
      ...stops.flatMap(stayedOnSigterm),
    ];
  },
});

function hasSpans({ telemetry, control }: StageRun): boolean {
  return telemetry.spans.length + (control?.telemetry.spans.length ?? 0) > 0;
}

/** The first error in the log but the one that the scenario itself provokes, without its time. */
function newError(log: readonly LogLine[]): string | undefined {
  const errors = log.flatMap(({ line }) => /^[\d:.]+ ERROR (.+)$/.exec(line)?.[1] ?? []);
  return errors.find((text) => !text.includes(PROVOKED));
}

const PROVOKED = 'invalid byte sequence';

function brokenPromise(what: string, logged: string | undefined): CheckFinding {
  return findingOf({
    code: 'behaviour-changed',
    message: `${what}.`,
    hint: logged
      ? `The log says: "${logged}". \`npm run logs -- --grep ERROR\` shows more of it, \`npm run diff\` what you changed.`
      : 'Tracing must not change what the shop does. Does every path still answer, and is every promise still awaited? `npm run diff` shows what you changed.',
    expected: 'the behaviour of the legacy app',
    actual: what,
  });
}

function stayedOnSigterm({ name, asked, stoppedByForce }: ProcessStop): readonly CheckFinding[] {
  if (asked !== 'SIGTERM' || !stoppedByForce) return [];
  return [
    findingOf({
      code: 'behaviour-changed',
      message: `\`${name}\` did not end on SIGTERM, and had to be killed.`,
      hint: 'Whoever listens to SIGTERM has to end the process as well, since Node no longer does: `process.exit(0)` once `sdk.shutdown()` has resolved.',
      expected: 'a process that ends on SIGTERM',
      actual: 'it stayed',
      service: name,
    }),
  ];
}

/** Spans that were made reach the receiver, also those that wait to be sent when the process is stopped. */
export const nothingLost: Check = plainCheck({
  id: 'nothing-lost',
  title: 'no span is lost on SIGTERM',
  judge({ telemetry, control, stops }) {
    const before = control?.telemetry.spans.length ?? 0;
    if (telemetry.spans.length > 0 || before === 0) return [];
    const services = new Set(control?.telemetry.spans.map(({ service }) => service));
    const killed = stops
      .filter(({ name, signal }) => signal === 'SIGTERM' && services.has(name))
      .map(({ name }) => `\`${name}\``);
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

/** A card token opens somebody's purse: it stays out of everything that is exported, wherever it might stand. */
export const noCardToken: Check = plainCheck({
  id: 'no-card-token',
  title: 'no card token on any span',
  judge(run, { locate }) {
    const looked = run.traces.length === 0 && run.control ? run.control : run;
    if (looked.traces.length === 0) return [nothingToLookAt];
    const places = searchExports(looked, (text) => text.includes('tok_'));
    const [first] = places;
    if (!first) return [];
    const { where, service, traceId, node, carrier } = first;
    return [
      findingOf({
        code: 'forbidden-attribute',
        message: `${sayCarrier(first)} carries a card token in ${where}${places.length > 1 ? ` (${places.length} times)` : ''}.`,
        hint: 'Everyone who may see traces can read it, and pay with it. Leave it out: what is worth knowing of a card is what came of it.',
        expected: 'no card token',
        actual: `one in ${where}`,
        service,
        span: carrier,
        traceId,
        location: locate({ node, shape: undefined }),
        times: places.length,
      }),
    ];
  },
});

/** What a check of spans says when there are none: it must not pass. */
export const nothingToLookAt = findingOf({
  code: 'no-spans',
  message: 'No spans arrived at all.',
  hint: '',
  expected: 'at least one span',
  actual: 'nothing',
});

const MOST = 3;
