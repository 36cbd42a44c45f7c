import { anySpan, type Span } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { type SecondRun, secondRunOf } from '../../workshop/check/second-start.ts';
import { STRANGERS_PATH, visit, visitOf } from './visit.ts';

type Told = Pick<CheckFinding, 'code' | 'message' | 'hint'> & Partial<CheckFinding>;

/** Finds out whether the ratio is taken from the environment, and whether every trace that is kept is whole. */
export function judgeSampling(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const second = secondRunOf(run, visit);
  if (run.traces.length === 0 || !second) return [nothingToLookAt];
  const broken = visitOf(second).broken.slice(0, 1).map(brokenPromise);
  if (broken.length > 0) return broken;
  const lost = judgeAll(run, { locate });
  const told = lost.length > 0 ? [] : [judgeRatio(second)];
  return [...lost, ...[...told, judgeCut(run, second)].flatMap((one) => (one ? place(one, locate) : []))];
}

/** With a ratio of 1 every checkout has its trace. */
export function judgeAll({ traces, facts }: StageRun, { locate }: Pick<CheckAids, 'locate'>): readonly CheckFinding[] {
  if (traces.length === 0) return [nothingToLookAt];
  const orders = traces.filter(({ nodes }) => nodes.some(({ span }) => isOrder(span))).length;
  const { length } = facts.checkouts;
  if (orders >= length) return [];
  const told: Told = {
    code: 'missing-span',
    message: `${length - orders} of ${length} checkouts left no trace, though \`OTEL_TRACES_SAMPLER_ARG=1\` asked for all of them.`,
    hint: 'The ratio stands in the code, or in a variable of another name. Who is on call at two in the morning wants to turn it up without a deploy: `Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1)`.',
    expected: `${length} traces`,
    actual: `${orders}`,
    span: 'POST /orders',
  };
  return [place(told, locate)];
}

function brokenPromise(what: string): CheckFinding {
  return findingOf({
    code: 'behaviour-changed',
    message: `With half of the traces left out, ${what}.`,
    hint: 'A span that is not recorded has neither attributes nor a name to read. Code that asks a span for them breaks as soon as somebody samples: keep what you need in a variable.',
    expected: 'the behaviour of the legacy app',
    actual: what,
  });
}

function place(told: Told, locate: CheckAids['locate']): CheckFinding {
  const location = locate({ node: undefined, shape: anySpan(/./, { anchor: 'tracing.ts#new NodeSDK(' }) });
  return findingOf({ location, service: 'shop', ...told });
}

function judgeRatio(second: SecondRun): Told | undefined {
  const { strangers } = visitOf(second);
  const kept = second.telemetry.spans.filter(isStrangers).length;
  if (kept >= FEWEST && kept <= strangers - FEWEST) return undefined;
  const count =
    kept === strangers ? `All ${strangers}` : kept === 0 ? `None of ${strangers}` : `${kept} of ${strangers}`;
  return {
    code: kept > strangers / 2 ? 'unexpected-span' : 'missing-span',
    message: `${count} requests without a trace of their own were kept, though \`OTEL_TRACES_SAMPLER_ARG=0.5\` asked for half of them.`,
    hint:
      kept === strangers
        ? 'Whatever is set, everything is kept. Give the SDK a sampler, `new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) })`, with the ratio from `process.env.OTEL_TRACES_SAMPLER_ARG`; or name it in the Procfile, `OTEL_TRACES_SAMPLER=parentbased_traceidratio`.'
        : 'The root decides by a ratio of 0 to 1, and the ratio is what `process.env.OTEL_TRACES_SAMPLER_ARG` says: a number, so `Number(…)`.',
    expected: 'about half of them',
    actual: `${kept} of ${strangers}`,
    span: 'GET /orders/:id',
  };
}

/** Whoever called has decided already; a service that decides again cuts the trace. */
function judgeCut(run: StageRun, second: SecondRun): Told | undefined {
  const { recorded, unrecorded } = visitOf(second);
  const { spans } = second.telemetry;
  const lacking = servicesOfAnOrder(run).filter((service) => !servicesIn(spans, recorded).includes(service));
  const surplus = servicesIn(spans, unrecorded);
  const [service] = [...lacking, ...surplus];
  if (service === undefined) return undefined;
  const messages = [
    ...(lacking.length > 0
      ? [
          `An order whose caller records its trace (\`traceparent: …-01\`) ${hasNone(spans, recorded) ? 'left no span anywhere' : `has no span from ${listed(lacking)}`}.`,
        ]
      : []),
    ...(surplus.length > 0
      ? [
          `An order whose caller does not record (\`traceparent: …-00\`) has spans from ${listed(surplus)} all the same.`,
        ]
      : []),
  ];
  return {
    code: 'partial-trace',
    message: messages.join(' '),
    hint: 'Only the root decides; everybody below does as the caller did, or traces are cut in half. `ParentBasedSampler` reads it from the context: in every service, also where `OTEL_TRACES_SAMPLER` says it, `parentbased_…`.',
    expected: 'every span of a trace, or none',
    actual: messages.join(' '),
    span: 'POST /orders',
    service,
    traceId: lacking.length > 0 ? recorded : unrecorded,
  };
}

/** Those that have a span in every placed order's trace: a job that only links to its order decides by itself. */
function servicesOfAnOrder({ traces }: StageRun): readonly string[] {
  const orders = traces.filter(({ nodes }) => nodes.some(({ span }) => isOrder(span) && isCreated(span)));
  const [first, ...others] = orders.map(({ nodes }) => new Set(nodes.map(({ span }) => span.service)));
  return [...(first ?? [])].filter((service) => others.every((services) => services.has(service)));
}

function servicesIn(spans: readonly Span[], traceId: string): readonly string[] {
  return [...new Set(spans.filter((span) => span.traceId === traceId).map(({ service }) => service))].sort();
}

function hasNone(spans: readonly Span[], traceId: string): boolean {
  return servicesIn(spans, traceId).length === 0;
}

function isOrder({ kind, service, attributes }: Span): boolean {
  return kind === 'server' && service === 'shop' && attributes['http.route'] === '/orders';
}

function isCreated({ attributes }: Span): boolean {
  return attributes['http.response.status_code'] === 201;
}

function isStrangers({ kind, service, attributes }: Span): boolean {
  return kind === 'server' && service === 'shop' && attributes['url.path'] === STRANGERS_PATH;
}

function listed(services: readonly string[]): string {
  return services.map((service) => `\`${service}\``).join(', ');
}

const FEWEST = 8;
