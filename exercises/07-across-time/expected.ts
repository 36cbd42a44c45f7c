import {
  anyString,
  client,
  consumer,
  descendant,
  exactly,
  oneOf,
  oneOrMore,
  type PredicateInput,
  producer,
  type SpanShape,
  same,
  server,
  type TraceShape,
  trace,
  traces,
} from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import type { JobWish } from '../../workshop/scenario/drive-worker.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';

const through = [{ scope: FRAMEWORK }];

/** One trace for every order, with the notice that the worker sends for it. */
export function notices(run: StageRun) {
  const placed = run.facts.checkouts.filter(isPlaced).length;
  const notice = attempt(
    'dispatch-notice',
    run,
    { number: 1 },
    wroteDown('UPDATE', /update orders set state = 'dispatched'/),
  );
  const order = server(
    'POST /orders',
    {
      service: 'shop',
      where: { 'http.response.status_code': 201 },
      attributes: { 'purl.order.id': same('order') },
    },
    queued('dispatch-notice', "shop/checkout.ts#('dispatch-notice'", notice),
  );
  return traces([exactly(placed, trace(order, { through }))]);
}

/** Restocks: each attempt below the same queueing, also over a restart of the worker; a root for the one nobody queued. */
export function restocks(run: StageRun) {
  const done = attempt('restock', run, { number: 1 }, wroteDown('INSERT', /into stock_movements/));
  const failed = attempt('restock', run, { number: oneOf(1, 2, 3), fails: true });
  return traces([
    askedFor('failing', exactly(3, failed)),
    askedFor('done', done),
    askedFor('queued-while-away', done),
    trace(done, { through }),
  ]);
}

function askedFor(wish: JobWish, ...attempts: readonly SpanShape[]): TraceShape {
  const anchor = "shop/main.ts#('restock'";
  const where = { 'url.query': `for=${wish}` };
  return trace(server('POST /admin/restock', { service: 'shop', where }, queued('restock', anchor, ...attempts)), {
    through,
  });
}

/** A job as whoever queued it sees it, and below it what came of it. */
function queued(kind: string, anchor: string, ...attempts: readonly SpanShape[]): SpanShape {
  return descendant(
    producer(
      `send ${kind}`,
      { service: 'shop', attributes: messaging(kind, 'send'), anchor, hints: SENT },
      ...attempts,
    ),
  );
}

type Attempt = { readonly number: PredicateInput; readonly fails?: boolean };

/** One attempt at a job. */
function attempt(
  kind: string,
  { facts }: StageRun,
  { number, fails = false }: Attempt,
  ...children: readonly SpanShape[]
): SpanShape {
  const isCarried = facts.jobs.some(({ carriesContext }) => carriesContext);
  return consumer(
    `process ${kind}`,
    {
      service: 'worker',
      status: fails ? 'error' : 'unset',
      attributes: {
        ...messaging(kind, 'process'),
        'messaging.message.id': anyString,
        'purl.job.attempt': number,
        ...(fails && { 'error.type': anyString }),
      },
      anchor: 'worker/main.ts#handler(job.payload)',
      hints: { ...TAKEN_UP, 'lost-context': isCarried ? NOT_EXTRACTED : NOT_INJECTED },
    },
    ...children,
  );
}

function wroteDown(operation: string, text: RegExp): SpanShape {
  return descendant(
    oneOrMore(
      client(new RegExp(`^pg\\.query:${operation}\\b`), {
        service: 'worker',
        where: { 'db.query.text': text },
        anchor: 'worker/main.ts#handler(job.payload)',
        hints: { 'missing-span': NOT_ACTIVE, 'wrong-parent': NOT_ACTIVE, 'lost-context': NOT_ACTIVE },
      }),
    ),
  );
}

function messaging(kind: string, operation: string) {
  return {
    'messaging.system': anyString,
    'messaging.destination.name': kind,
    'messaging.operation.type': operation,
  };
}

const SENT = {
  'missing-span':
    'Queueing a job is a span of kind PRODUCER, round the insert into `jobs`: the order is one trace, the job another piece of work in it.',
  'wrong-kind': 'Who hands work over and does not wait for it is a PRODUCER: `{ kind: SpanKind.PRODUCER }`.',
};

const TAKEN_UP = {
  'missing-span':
    'The worker loads no SDK, or starts no span for the job. Load hook.ts and tracing.ts in its line of the Procfile, under OTEL_SERVICE_NAME=worker, and start a CONSUMER span round `handler(job.payload)`, once for each attempt.',
  'wrong-kind': 'Who takes work up that somebody handed over is a CONSUMER: `{ kind: SpanKind.CONSUMER }`.',
  'wrong-service': 'Say it in the Procfile: `worker: OTEL_SERVICE_NAME=worker node …`.',
  'wrong-count':
    'Each attempt is a span of its own, below the same sending: what failed at first is as interesting as what went well at last.',
  'wrong-status':
    'An attempt that throws has failed, also when the next one may succeed: `span.setStatus({ code: SpanStatusCode.ERROR })`, and `error.type` says by what.',
  'wrong-parent':
    'The context in the payload is that of whoever called, and not that of the sending. Inject it while the PRODUCER span is active: `propagation.inject(context.active(), payload)` within `startActiveSpan`.',
};

const NOT_INJECTED =
  'Nothing tells the worker whose job it is: no payload in the table carries a `traceparent`. Before the insert, `propagation.inject(context.active(), payload)` writes it there.';

const NOT_EXTRACTED =
  'The payload carried a `traceparent`, and nobody read it. `propagation.extract(ROOT_CONTEXT, job.payload)` gives a context: start the CONSUMER span in it.';

const NOT_ACTIVE =
  "The job's own work is not below its span: the span was started, and nothing runs in it. Call the handler by `context.with(trace.setSpan(origin, span), …)`, or use `startActiveSpan` and await within.";
