import type { Evidence } from 'trace-shapes';
import type { Tree } from '../stages/tree.ts';
import type { CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';
import { withoutComments } from './without-comments.ts';

/** Why nothing came. */
export type SilenceReason =
  | 'not loaded'
  | 'not started'
  | 'disabled'
  | 'wrong path'
  | 'wrong protocol'
  | 'wrong port'
  | 'no exporter'
  | 'unsampled'
  | 'ratio as text'
  | 'nobody exports'
  | 'no span made'
  | 'never ended'
  | 'unknown';

/**
 * Gives `no-spans` its reason, from what the receiver refused, from what the SDK said of itself in a run with
 * `OTEL_LOG_LEVEL=debug`, and from the bench's text.
 */
export function explainSilence(run: StageRun, benchName: string): CheckFinding {
  const reason = silenceReason(run);
  const refusal = refusedTraces(run)?.refusal;
  const words = WORDS[reason];
  return findingOf({
    code: 'no-spans',
    message: `No spans arrived: ${words.message}${refusal ? ` (${refusal})` : ''}`,
    hint: words.hint,
    expected: 'at least one span',
    actual: reason,
    location: words.at && locationOf(run.bench, words.at, benchName),
  });
}

/** The likeliest reason why no span arrived. The strongest evidence is asked first: what the receiver itself saw. */
export function silenceReason(run: StageRun): SilenceReason {
  const refused = refusedTraces(run);
  if (refused) return refused.status === 404 ? 'wrong path' : 'wrong protocol';
  const code = codeOf(run.bench);
  const said = (run.control ?? run).log.map(({ line }) => line).join('\n');
  if (!isLoaded(run.bench, said)) return 'not loaded';
  if (/OTEL_SDK_DISABLED\s*[=:]\s*['"]?true/.test(code)) return 'disabled';
  if (/new (Batch|Simple)SpanProcessor\(\s*[^{\s]/.test(code)) return 'no exporter';
  if (OWN_ADDRESS.test(code)) return 'wrong port';
  if (/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT/.test(said) && /otlp|export/i.test(said)) return 'wrong port';
  if (!/\.start\(\)/.test(code) && !/startNodeSDK\(/i.test(code) && !/setGlobalTracerProvider|\.register\(/.test(code))
    return 'not started';
  if (/AlwaysOffSampler|always_off|TraceIdRatioBasedSampler\(\s*0\s*\)|OTEL_TRACES_SAMPLER_ARG\s*=\s*0\b/.test(code))
    return 'unsampled';
  if (/TraceIdRatioBasedSampler\(/.test(code) && RATIO_AS_TEXT.test(code)) return 'ratio as text';
  if (/spanProcessors:/.test(code) && !/exporter/i.test(code)) return 'nobody exports';
  const makers = filesThat(/\.start(Active)?Span\(/, run.bench);
  if (makers.length === 0) return 'no span made';
  return makers.some((text) => /\.end\(/.test(text)) ? 'unknown' : 'never ended';
}

/** What a web page tried to send, 403, says nothing about the app. */
function refusedTraces({ evidence, control }: StageRun): Evidence | undefined {
  const requests = [...evidence, ...(control?.evidence ?? [])];
  return requests.find(({ status }) => (status >= 400 && status !== 403) || status === 0);
}

function isLoaded(bench: Tree, said: string): boolean {
  const procfile = withoutComments('Procfile', bench.get('Procfile')?.toString('utf8') ?? '');
  const preloads = /--import|--require|-r\s/.test(procfile);
  const isImported = [...bench].some(
    ([path, content]) =>
      /\.[cm]?[jt]s$/.test(path) && importsTracing(path, withoutComments(path, content.toString('utf8'))),
  );
  return preloads || isImported || /@opentelemetry\/api: Registered a global/.test(said);
}

/** Whether a file of the app, other than the one that sets the SDK up, loads it. */
function importsTracing(path: string, text: string): boolean {
  return (
    /^\s*import\s+['"]\.{1,2}\/.*(tracing|instrumentation|otel|telemetry)[^'"]*['"]/m.test(text) ||
    (/^(shop|warehouse|payments|worker)\//.test(path) && text.includes('@opentelemetry/sdk'))
  );
}

/** The code of the files in which something is done; much in a shop has an `end` that is not a span's. */
function filesThat(pattern: RegExp, bench: Tree): readonly string[] {
  return [...bench]
    .filter(([path]) => /\.[cm]?[jt]s$/.test(path))
    .map(([path, content]) => withoutComments(path, content.toString('utf8')))
    .filter((text) => pattern.test(text));
}

function codeOf(bench: Tree): string {
  return [...bench]
    .filter(([path]) => /\.[cm]?[jt]s$|^Procfile$|\.env$/.test(path))
    .map(([path, content]) => withoutComments(path, content.toString('utf8')))
    .join('\n');
}

function locationOf(bench: Tree, pattern: RegExp, benchName: string): string | undefined {
  for (const [path, content] of bench) {
    const line = content
      .toString('utf8')
      .split('\n')
      .findIndex((text) => pattern.test(text));
    if (line >= 0 && (path === 'Procfile' || /\.[cm]?[jt]s$/.test(path))) return `${benchName}/${path}:${line + 1}`;
  }
  return undefined;
}

/** An address in the code, or in the Procfile: never ours, which is new for every run. */
const OWN_ADDRESS = /(url:|OTEL_EXPORTER_OTLP(_TRACES)?_ENDPOINT\s*[=:])\s*['"`]?https?:\/\/[\w.[\]-]+/;

/** The variable as it is, and not made a number of. */
const RATIO_AS_TEXT = /(?<!Number\(|parseFloat\(|\+\s*)process\.env\.OTEL_TRACES_SAMPLER_ARG/;

const WORDS: Readonly<
  Record<SilenceReason, { readonly message: string; readonly hint: string; readonly at?: RegExp }>
> = {
  'not loaded': {
    message: 'the SDK is not loaded.',
    hint: 'Nothing starts it before the app. Load it in the Procfile: `shop: node --import ./tracing.ts shop/main.ts`.',
    at: /^shop:/,
  },
  'not started': {
    message: 'the SDK is loaded, but never started.',
    hint: 'Making `new NodeSDK(…)` does nothing yet: call `sdk.start()`.',
    at: /new NodeSDK\(/,
  },
  disabled: { message: 'the SDK is switched off.', hint: 'Remove `OTEL_SDK_DISABLED`.', at: /OTEL_SDK_DISABLED/ },
  'wrong path': {
    message: 'the exporter posts to a wrong path.',
    hint: 'Given in code, the `url` must hold the whole path, `…/v1/traces`. Best leave it out: the exporter reads `OTEL_EXPORTER_OTLP_ENDPOINT`, which the workshop sets.',
    at: /url:/,
  },
  'wrong protocol': {
    message: 'the exporter speaks a protocol that was not understood.',
    hint: 'The receiver takes OTLP over HTTP, as protobuf or JSON: use `@opentelemetry/exporter-trace-otlp-proto` or `-http`, or no exporter of your own at all.',
    at: /OTLPTraceExporter|OTEL_EXPORTER_OTLP_PROTOCOL/,
  },
  'wrong port': {
    message: 'the exporter sends to where nobody listens.',
    hint: 'Leave `url` out: the exporter reads `OTEL_EXPORTER_OTLP_ENDPOINT`, which the workshop sets to a port that is new for every run.',
    at: /url:|localhost:4318|:4318|OTEL_EXPORTER_OTLP_ENDPOINT/,
  },
  'no exporter': {
    message: 'the span processor has no exporter.',
    hint: 'Since 3.0 a processor takes options: `new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })`. With `NodeSDK` you need neither.',
    at: /new (Batch|Simple)SpanProcessor\(/,
  },
  unsampled: {
    message: 'the sampler drops every trace.',
    hint: 'Leave the sampler out: the default, parent-based always-on, keeps all.',
    at: /sampler|SAMPLER/i,
  },
  'ratio as text': {
    message: 'the sampler was given its ratio as text, and takes that for 0.',
    hint: 'What stands in the environment is text: `Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1)`.',
    at: /OTEL_TRACES_SAMPLER_ARG/,
  },
  'nobody exports': {
    message: 'the list of span processors has none that exports.',
    hint: '`spanProcessors` replaces the processor that the SDK has by itself. Put one beside your own: `new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })`.',
    at: /spanProcessors:/,
  },
  'no span made': {
    message: 'the SDK runs, but nothing starts a span.',
    hint: "Get a tracer, `trace.getTracer('shop')`, and start a span where the request comes in.",
    at: /app\.post\('\/orders'/,
  },
  'never ended': {
    message: 'spans are started and never ended.',
    hint: 'Only a span that has ended is exported: call `span.end()` on every way out, best in a `finally`.',
    at: /\.start(Active)?Span\(/,
  },
  unknown: {
    message: 'the SDK runs, but no request came by a span that was started and ended.',
    hint: 'Is the code that starts it reached, or does an older route above it answer first? Is it ended on every way out? `npm run logs` shows what the SDK said of itself.',
    at: /\.start(Active)?Span\(/,
  },
};
