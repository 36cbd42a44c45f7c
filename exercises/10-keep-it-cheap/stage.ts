import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Keep it cheap, and keep it to yourself',
  minutes: 25,
  goal: 'A setting says how many traces are kept, each of them whole; and nothing that is exported gives a customer away.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'unexpected-span',
  edit: [
    'tracing.ts: the sampler, and the processor that redacts',
    'shop/orders.ts: a span, a metric, a query and a line that a colleague has left behind',
    'lib/redact.ts (new): what a secret looks like, and a processor that cleans spans',
    'lib/log.ts: the same for lines of the log',
    'shop/main.ts: the baggage of strangers',
  ],
  hints: [
    'Five things, each with its own finding: how much is kept, names, what a colleague left in shop/orders.ts, what customers bring along, and their baggage.',
    'Only the root may decide by a ratio; whoever is called does as the caller did. That is `ParentBasedSampler` round `TraceIdRatioBasedSampler`, in the `sampler` of `new NodeSDK({ … })`, with the ratio from `process.env.OTEL_TRACES_SAMPLER_ARG`.',
    "In `showOrder`: a name without the id, a counter without it, the address neither as an attribute nor in the query (`$1`) nor in the line of the log. Which order it was is the span's attribute `purl.order.id`.",
    'For what libraries record: a function that replaces card numbers, `tok_…` and addresses in any text, also where `@` is written `%40`; used by a processor whose `onEnding(span)` cleans attributes, events and the status, and by the hook `logMethod` of pino.',
    '`spanProcessors: [redactingProcessor, new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })]`: a list replaces the default one. Above the routes in shop/main.ts: `app.use((req, res, next) => context.with(propagation.deleteBaggage(context.active()), next))`.',
  ],
  retires: [],
  notice:
    'Half of the traces, and each of them whole; and of what a careless customer left in seven requests, nothing has left the house.',
});
