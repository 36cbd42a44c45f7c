import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'What the framework gives',
  minutes: 20,
  goal: 'Every request of every service has its span, named by its route and joined to its caller, and nobody draws it by hand.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'not-instrumented',
  edit: [
    'hook.ts (new) and Procfile: the hook for ES modules, loaded first',
    'tracing.ts: the instrumentations of http and express',
    'shop/main.ts, warehouse/main.ts, payments/main.ts, lib/: own SERVER spans out',
    'lib/http-client.ts: own CLIENT spans and propagation out',
  ],
  hints: [
    'Add two instrumentations to the list in tracing.ts, of http and of express. Then look twice at what comes: half of it is missing.',
    'What is imported as an ES module can be changed only while it is loaded, by a hook that is there already. It needs a file of its own, since imports run before the first line.',
    "hook.ts: `import { register } from 'import-in-the-middle/register-hooks.mjs'`, and `register({ exclude: [/@opentelemetry/] })`. In the Procfile, in all three lines: `--import ./hook.ts --import ./tracing.ts`.",
    'Now the library makes what you drew: delete the function round `checkout`, the middleware of warehouse and payments with its file, and `traced` in lib/http-client.ts. What only you know stays: `price basket`, `charge card`, the baggage.',
    "Two options of `new HttpInstrumentation({ … })`: `ignoreIncomingRequestHook: (request) => request.url === '/healthz'`, and a `requestHook: (span) => { … }` that puts the entry of `propagation.getActiveBaggage()` on the span.",
  ],
  retires: [
    {
      check: 'calls-across-services',
      reason:
        'The library makes the spans of a call now. It sees every try, but does not know that it is one: `http.request.resend_count` is gone, and the check of this stage does not ask for it.',
    },
  ],
  notice: 'Fewer lines than before, and more spans: also of routes that nobody ever thought of.',
});
