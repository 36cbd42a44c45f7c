/** What to write in place of a call of the SDK's lines 1 and 2 that tutorials still show; `text` may be a message. */
export function newNameOf(text: string): string | undefined {
  const found = RENAMED.find(({ old }) => text.includes(old));
  return found && `\`${found.old}\` is from an older line of the SDK. ${found.now}`;
}

/** From the migration guides of OpenTelemetry JavaScript 2.x and 3.x. */
const RENAMED: readonly { readonly old: string; readonly now: string }[] = [
  { old: '@opentelemetry/sdk-trace-base', now: 'Since 3.0 it is `@opentelemetry/sdk-trace`.' },
  {
    old: '@opentelemetry/sdk-trace-node',
    now: 'Since 3.0 it is `@opentelemetry/sdk-trace`; with `NodeSDK` you rarely need it.',
  },
  { old: '@opentelemetry/exporter-jaeger', now: 'Jaeger takes OTLP: use `@opentelemetry/exporter-trace-otlp-http`.' },
  {
    old: '@opentelemetry/auto-instrumentations-node',
    now: 'It is not installed here yet: the early stages trace by hand.',
  },
  {
    old: 'SemanticResourceAttributes',
    now: "Use `ATTR_SERVICE_NAME` and its like, or simply `serviceName: 'shop'` of `NodeSDK`.",
  },
  { old: 'SEMRESATTRS_', now: "Use `ATTR_SERVICE_NAME` and its like, or simply `serviceName: 'shop'` of `NodeSDK`." },
  { old: 'addSpanProcessor', now: 'Give `spanProcessors: [ … ]` to the constructor.' },
  { old: 'Resource is not a constructor', now: 'Since 2.0 it is a function: `resourceFromAttributes({ … })`.' },
  { old: 'NodeTracerProvider', now: 'With `NodeSDK` from `@opentelemetry/sdk-node` you need no provider of your own.' },
  { old: 'Resource', now: 'Since 2.0 it is `resourceFromAttributes({ … })`, from `@opentelemetry/resources`.' },
];
