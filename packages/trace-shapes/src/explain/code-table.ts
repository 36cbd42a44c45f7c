import type { ShapeCode } from '../match/fact.ts';

/** What a code stands for, in general: a finding's own message and hint say it with the values. */
export interface CodeDescription {
  readonly what: string;
  readonly why: string;
  readonly try: string;
}

/** Every code of a finding about traces, in the order in which to mend them. */
export const CODE_TABLE: Readonly<Record<ShapeCode, CodeDescription>> = {
  'no-spans': {
    what: 'Not a single span arrived.',
    why: 'The SDK is not loaded, not started, or sends elsewhere; or the process ended before it sent.',
    try: 'Load the SDK with `--import`, check `OTEL_EXPORTER_OTLP_ENDPOINT`, and shut the SDK down on SIGTERM.',
  },
  'orphan-span': {
    what: "A span names a parent that never came. If the parent was expected, it is the one that's named.",
    why: 'A span that is never ended is never exported; or it was sent elsewhere.',
    try: 'Call `end()` on every way out, best in a `finally`.',
  },
  'mixed-requests': {
    what: "A span is in another request's trace.",
    why: 'A shared loop, timer or cache does the work in the context of whichever request started it.',
    try: 'Keep `context.active()` with each item and do it by `context.with(saved, …)`.',
  },
  'lost-context': {
    what: 'A span is the root of a trace of its own.',
    why: 'It started where no context was active: in an interval, a queue, a callback from a pool.',
    try: 'Keep `context.active()` where the work is handed over and do it by `context.with(saved, …)`.',
  },
  'wrong-parent': {
    what: 'A span is in the right trace, below the wrong span.',
    why: 'Another span was active as it started; or the right one had ended, or was never made active.',
    try: 'Start it in the callback of `startActiveSpan`, and await it there.',
  },
  'duplicate-span': {
    what: 'Two spans stand for one piece of work, or one span was exported twice.',
    why: 'A library is instrumented and wrapped by hand as well; or two processors or SDKs are registered.',
    try: 'Keep the one that comes for free.',
  },
  'wrong-count': {
    what: 'A span is there more or fewer times than expected; an N+1 is named as such.',
    why: 'A query in a loop, a retry, or work that makes no span.',
    try: 'Ask for all rows at once; or say `between`, `oneOrMore` or `anyNumberOf` if the number may vary.',
  },
  'missing-span': {
    what: 'An expected span is nowhere.',
    why: 'Nothing starts it, or it has quite another name.',
    try: 'Start a span of just this name where the work begins.',
  },
  'unexpected-span': {
    what: 'A span is there that `never` forbids, or that `only` leaves no room for.',
    why: 'Something that was to go is still there.',
    try: 'Remove what makes it.',
  },
  'ended-too-early': {
    what: 'A span is shorter than the work that it stands for.',
    why: 'It was ended before the work was awaited.',
    try: '`await` before `span.end()`.',
  },
  'wrong-name': {
    what: 'The span that was meant has another name.',
    why: 'A slip, or another convention.',
    try: 'Use just the expected name.',
  },
  'high-cardinality-name': {
    what: 'The name holds an id.',
    why: 'Each request then has a name of its own, and nothing can be grouped.',
    try: 'Put the id in an attribute.',
  },
  'wrong-kind': {
    what: 'The span is of another kind.',
    why: 'Without a kind a span is INTERNAL.',
    try: 'Give `{ kind: SpanKind.… }` when starting it.',
  },
  'wrong-service': {
    what: 'The span comes from another service.',
    why: 'The resource has no `service.name`, or another one; or the wrong process did the work.',
    try: 'Set `OTEL_SERVICE_NAME` for each process.',
  },
  'wrong-scope': {
    what: 'The span was made by another tracer.',
    why: 'It was made by hand where a library should make it, or the other way round.',
    try: 'Remove the one by hand, or load the instrumentation before the library.',
  },
  'missing-attribute': {
    what: 'The span lacks an attribute.',
    why: 'It is set on no span, or after `end()`.',
    try: '`span.setAttribute(…)` before the span ends.',
  },
  'wrong-attribute': {
    what: 'An attribute has another value.',
    why: "Another type, another unit, or another request's value.",
    try: 'Compare the two values in the message.',
  },
  'misplaced-attribute': {
    what: 'The attribute is on a span nearby, or on the resource.',
    why: '`trace.getActiveSpan()` is another span than one thinks.',
    try: 'Set it on the span that the value is about.',
  },
  'deprecated-attribute': {
    what: 'The attribute is there under the name that it once had.',
    why: 'The semantic conventions renamed it.',
    try: 'Use the new name.',
  },
  'forbidden-attribute': {
    what: 'An attribute is there that must be `absent`.',
    why: 'A secret or personal data was recorded.',
    try: 'Remove it, or redact it before export.',
  },
  'wrong-status': {
    what: 'The status is another one.',
    why: 'An outcome was taken for an error, or a failure left the status unset.',
    try: '`span.setStatus({ code: SpanStatusCode.ERROR })` for failures only.',
  },
  'missing-event': {
    what: 'The span lacks an event.',
    why: 'It was not added, or after `end()`.',
    try: '`span.addEvent(…)` before the span ends.',
  },
};
