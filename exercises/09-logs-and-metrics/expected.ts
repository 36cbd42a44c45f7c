import { log, metric } from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import type { WantedSignal } from '../../workshop/check/signal-check.ts';

const FROM_PINO =
  'pino writes the lines, and its instrumentation sends them: `pino()` in `lib/log.ts`, and `new PinoInstrumentation()`, without `disableLogSending`, among those that the SDK is given.';

const lineOf = (service: string, body: RegExp, span: string): WantedSignal => ({
  log: log(body, { service, correlated: true }),
  span,
  anchor: 'lib/log.ts#export const log',
  hints: { 'missing-log': FROM_PINO },
});

/** One line of each service, each written while a span of it is active. */
export const lines: readonly WantedSignal[] = [
  lineOf('shop', /order\b.*\bplaced/, 'POST /orders'),
  lineOf('payments', /charge\b.*\bapproved/, 'POST /charges'),
  lineOf('warehouse', /reserved/, 'POST /reservations'),
  {
    ...lineOf('worker', /job failed/, 'process restock'),
    anchor: "worker/main.ts#'job failed",
    hints: {
      'missing-log': 'A job that fails is told by a line, as before: `log.warn`.',
      'uncorrelated-log':
        'When `runJob` writes it, the span of the job has ended already. Write it inside the function that `processJob` is given, and throw the error on: the job is to be tried again.',
    },
  },
];

export const DURATION = 'purl.checkout.duration';
export const ERRORS = 'purl.checkout.errors';

const anchor = 'shop/checkout.ts#export async function checkout(';

const duration = (attributes: { readonly 'error.type'?: RegExp }): WantedSignal => ({
  metric: metric(DURATION, { service: 'shop', type: 'histogram', unit: 's', attributes, atMostSeries: 20 }),
  anchor,
  hints: {
    'missing-metric': `\`metrics.getMeter('shop').createHistogram('${DURATION}', { unit: 's' })\`, and \`record\` once a checkout is answered.`,
    ...(attributes['error.type'] && {
      'wrong-metric': `Compare the two in the message. A checkout that fails, answered with 5xx, is recorded as well, with \`error.type\`: \`res.on('finish', …)\` sees every answer. Or count errors by themselves: \`createCounter('${ERRORS}', { unit: '{error}' })\`.`,
    }),
  },
});

/** How long checkouts take, and what fails: by an attribute of the same histogram, or by a counter of its own. */
export function measures({ telemetry }: StageRun): readonly WantedSignal[] {
  if (!telemetry.metrics.some(({ name }) => name === ERRORS)) return [duration({}), duration({ 'error.type': /./ })];
  const attributes = { 'error.type': /./ };
  const errors = {
    service: 'shop',
    type: 'sum',
    monotonic: true,
    unit: '{error}',
    attributes,
    atMostSeries: 20,
  } as const;
  return [duration({}), { metric: metric(ERRORS, errors), anchor }];
}
