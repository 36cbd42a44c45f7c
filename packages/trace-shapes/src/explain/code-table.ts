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
  'missing-link': {
    what: 'A span does not link to the span that it should, or to that of another request.',
    why: 'A message carries no span context, or the work is a child of its cause instead.',
    try: '`{ links: [{ context }] }` when starting the span that comes later.',
  },
  'wrong-order': {
    what: 'A span began before the one had ended that it should follow, or before its parent.',
    why: 'Work is not awaited, or is done in another order.',
    try: '`await` each step before the next.',
  },
  'not-parallel': {
    what: 'Spans that should run side by side take about as long as one after the other.',
    why: 'Each waits for the one before; or a pool lets only some run at once.',
    try: '`await Promise.all([…])`.',
  },
  'ended-too-early': {
    what: 'A span is shorter than the work that it stands for, or had ended when its own child began.',
    why: 'It was ended before the work was awaited.',
    try: '`await` before `span.end()`.',
  },
  'ended-too-late': {
    what: 'A span outlasts the work that it stands for, or its parent.',
    why: 'It is ended by a timer, at the end of the process, or nobody waits for it.',
    try: 'End it in a `finally`, and await it within the parent.',
  },
  'silent-service': {
    what: 'A service that should be in a trace sent no span at all.',
    why: 'Its process has no SDK, sends elsewhere, or has another name.',
    try: 'Give each process an SDK, and `OTEL_SERVICE_NAME`.',
  },
  'partial-trace': {
    what: 'A part of a trace is missing where it crosses into another service, and only in some traces.',
    why: 'Services decide apart from each other which traces to keep; or one was killed before it sent.',
    try: '`OTEL_TRACES_SAMPLER=parentbased_always_on` in every service.',
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
  'not-instrumented': {
    what: 'Of a library there is no span at all, or only the general one above it.',
    why: 'The library was loaded before its hook, or its instrumentation is not registered.',
    try: 'Start the SDK by `--import`, before anything else.',
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
    why: 'A secret or personal data was recorded; or something is said that is not so here.',
    try: 'Remove it, or redact it before export; set it only where it is so.',
  },
  'wrong-status': {
    what: 'The status is another one.',
    why: 'An outcome was taken for an error, or a failure left the status unset.',
    try: '`span.setStatus({ code: SpanStatusCode.ERROR })` for failures only.',
  },
  'missing-event': {
    what: 'The span lacks an event; or an exception, told by neither event nor log.',
    why: 'It was not added, or after `end()`.',
    try: '`span.addEvent(…)` or `span.recordException(…)` before the span ends.',
  },
  'uncorrelated-log': {
    what: 'A log does not carry the ids of the span that it belongs to.',
    why: 'It was written where no span is active, or the logger was loaded before the SDK.',
    try: "Write it in the span's callback; load the SDK first.",
  },
  'missing-log': {
    what: 'A log is nowhere, or has another severity or other attributes.',
    why: 'The logger is not bridged to OpenTelemetry, or nothing is logged.',
    try: "Register the logger's instrumentation and a log exporter.",
  },
  'unexpected-log': {
    what: 'A log is there that `never` forbids.',
    why: 'A line that was to go is still written, or a line says more than it may.',
    try: 'Remove it, or leave out of it what must not be logged.',
  },
  'missing-metric': {
    what: 'A metric is nowhere.',
    why: 'Nothing recorded it, or the process ended before the interval was over.',
    try: 'Shut the SDK down on SIGTERM: that sends what is left.',
  },
  'wrong-metric': {
    what: 'A metric has another name, unit, type, origin or other attributes.',
    why: 'Another instrument was created, or values are recorded without their attributes.',
    try: 'Compare the two in the message.',
  },
  'high-cardinality-metric': {
    what: 'A metric has very many series, or an id among its attributes.',
    why: 'What differs from request to request was given as an attribute.',
    try: 'Put it on the span, and leave it out of the metric.',
  },
};
